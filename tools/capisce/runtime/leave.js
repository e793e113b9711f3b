// @ts-check
/** Leaves the page quickly: the link, or three presses of Shift within five seconds (the pattern of GOV.UK). */
(function () {
  "use strict";
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a.cap-leave"));
  if (!link) return;
  let presses = /** @type {number[]} */ ([]);

  /** Blank the page at once, then replace it in the history. */
  function leave() {
    document.body.hidden = true;
    location.replace(/** @type {HTMLAnchorElement} */ (link).href);
  }

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
  });
  // Counted as the key comes up, so that holding Shift, or Shift with a letter, is no press.
  let alone = false;
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift";
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    const now = Date.now();
    presses = presses.filter((press) => now - press < 5000).concat(now);
    if (presses.length === 3) leave();
  });
  addEventListener("pageshow", () => {
    document.body.hidden = false;
  });
})();
