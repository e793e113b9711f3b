// @ts-check
/** Glossary tips: Escape closes, a first touch opens, nothing runs off the screen. CSS alone shows them. */
(function () {
  "use strict";

  /** @param {*} target @returns {HTMLElement | null} */
  const conceptOf = (target) => (target && target.closest ? target.closest(".cap-concept") : null);

  /** @param {HTMLElement} concept */
  function place(concept) {
    const tip = /** @type {HTMLElement | null} */ (concept.querySelector(".cap-tip"));
    if (!tip) return;
    tip.style.marginLeft = "0";
    const over = tip.getBoundingClientRect().right + 12 - document.documentElement.clientWidth;
    if (over > 0) tip.style.marginLeft = -over + "px";
  }

  ["mouseover", "focusin"].forEach((name) => {
    document.addEventListener(name, ({ target }) => {
      const concept = conceptOf(target);
      if (concept) place(concept);
    });
  });

  ["mouseout", "focusout"].forEach((name) => {
    document.addEventListener(name, (event) => {
      const concept = conceptOf(event.target);
      const next = conceptOf(/** @type {MouseEvent} */ (event).relatedTarget);
      if (concept && concept !== next) concept.classList.remove("cap-closed", "cap-open");
    });
  });

  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    document.querySelectorAll(".cap-concept:hover, .cap-concept:focus-within, .cap-concept.cap-open").forEach((concept) => {
      concept.classList.add("cap-closed");
      concept.classList.remove("cap-open");
    });
  });

  let touched = false;
  document.addEventListener("pointerdown", ({ pointerType, target }) => {
    touched = pointerType === "touch";
    document.querySelectorAll(".cap-concept.cap-open").forEach((concept) => {
      if (concept !== conceptOf(target)) concept.classList.remove("cap-open");
    });
  });

  // A first touch shows the tip, a second one follows the link to the glossary.
  document.addEventListener("click", (event) => {
    const concept = conceptOf(event.target);
    if (!touched || !concept || concept.classList.contains("cap-open")) return;
    event.preventDefault();
    concept.classList.remove("cap-closed");
    concept.classList.add("cap-open");
    place(concept);
  });
})();
