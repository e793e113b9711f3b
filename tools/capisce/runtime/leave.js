// @ts-check
/** Leaves the page quickly: the link, or three presses of Shift within five seconds (the pattern of GOV.UK). */
(function () {
  "use strict";
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a.cap-leave"));
  if (!link) return;
  let presses = /** @type {number[]} */ ([]);
  let alone = false;

  /** Blank the page at once, then replace it in the history, with all that it is framed in. */
  function leave() {
    const { href } = /** @type {HTMLAnchorElement} */ (link);
    document.body.style.display = "none";
    try {
      /** @type {Window} */ (window.top).location.replace(href);
    } catch (problem) {
      location.replace(href); // the page around this one does not let itself be left
    }
  }

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  // A press counts as the key comes up alone: holding Shift, or Shift with a letter, is none.
  document.addEventListener("keydown", ({ key }) => {
    alone = key === "Shift";
    if (!alone) presses = [];
  });
  document.addEventListener("keyup", ({ key }) => {
    if (key !== "Shift" || !alone) return;
    const now = Date.now();
    presses = presses.filter((press) => now - press < 5000).concat(now);
    if (presses.length === 3) leave();
  });

  addEventListener("pageshow", () => {
    document.body.style.display = "";
  });
})();
