// @ts-check
/** Filters the glossary, and makes a sheet of chosen terms with a column for the learner's own language. */

/** Fold case and accents, so that a search needs neither. @param {string} text */
function bareText(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’']/g, "'").toLowerCase();
}

/** @param {HTMLElement} glossary */
function startGlossary(glossary) {
  const form = one(glossary, ".cap-filter");
  const sheet = one(glossary, ".cap-sheet");
  const entries = every(glossary, ".cap-entry");
  const texts = new Map(entries.map((entry) => [entry, bareText(entry.textContent)]));
  const chosen = one(sheet, ".cap-state");
  const only = one(sheet, ".cap-only");
  const print = one(sheet, ".cap-print");
  only.addEventListener("click", () => {
    glossary.classList.toggle("cap-only-sheet");
    filter();
    only.focus();
  });
  print.addEventListener("click", () => window.print());

  /**
   * Whether a country has words of its own for it, in the page's language or the other one.
   * @param {HTMLElement} entry @param {string} country @param {string} language
   */
  function isUsed(entry, country, language) {
    return (entry.dataset.countries || "").split(" ").some((place) => {
      const [lang, at] = place.split("-");
      return at === country && (!language || lang === language || lang === pageLang);
    });
  }

  function filter() {
    const alone = glossary.classList.contains("cap-only-sheet");
    const { words: typed, domain, country, language } = form.elements;
    const wanted = bareText(typed.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    entries.forEach((entry) => {
      const text = texts.get(entry) || "";
      const fits = alone
        ? one(entry, ".cap-take input").checked
        : wanted.every((word) => text.includes(word)) &&
          (!domain.value || entry.dataset.domain === domain.value) &&
          (!country.value || isUsed(entry, country.value, language.value));
      entry.hidden = !fits;
      shown += Number(fits);
    });
    every(glossary, ".cap-group").forEach((group) => (group.hidden = !one(group, ".cap-entry:not([hidden])")));
    every(glossary, "[data-lang]").forEach((row) => {
      row.hidden = !!language.value && row.dataset.lang !== language.value && row.dataset.lang !== pageLang;
    });
    one(form, ".cap-count").textContent = phrase("terms_shown", { n: shown });
    only.textContent = phrase(alone ? "whole_glossary" : "only_sheet");
  }

  function count() {
    const n = every(glossary, ".cap-take input:checked").length;
    chosen.textContent = phrase("terms_chosen", { n });
    only.disabled = print.disabled = !n;
    if (!n) glossary.classList.remove("cap-only-sheet");
    filter();
  }

  entries.forEach((entry) => {
    const term = one(entry, "h3").textContent;
    const box = make("input");
    box.type = "checkbox";
    const own = make("input", "cap-own");
    own.type = "text";
    own.autocapitalize = "off";
    own.spellcheck = false;
    const field = make("label", "cap-own-field", make("span", "", phrase("own_language")), " ", own);
    field.hidden = true;
    box.setAttribute("aria-label", phrase("to_sheet") + ": " + term);
    own.setAttribute("aria-label", phrase("own_language") + ": " + term);
    box.addEventListener("change", () => {
      field.hidden = !box.checked;
      count();
    });
    const take = make("p", "cap-take", make("label", "", box, " ", phrase("to_sheet")), field);
    if (entry.lang) take.lang = pageLang;
    entry.append(take);
  });
  form.addEventListener("input", () => {
    glossary.classList.remove("cap-only-sheet");
    filter();
  });
  form.addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
  count();

  /** A link leads to an entry, also to one that the filter hides. */
  function reveal() {
    const entry = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!entry || !entry.hidden) return;
    form.reset();
    glossary.classList.remove("cap-only-sheet");
    filter();
    entry.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
}

every(document, ".cap-glossary").forEach(startGlossary);
