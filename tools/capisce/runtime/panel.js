// @ts-check
/** Lets the learner turn remembering on, take the progress along, and erase it. */

/** @type {(() => void)[]} */
const panels = [];

/** Draw every panel of the page again. */
function refreshPanels() {
  panels.forEach((draw) => draw());
}

/**
 * Fill a panel; `data-full` adds export, import and a table.
 * @param {HTMLElement} section
 * @param {() => Entries} now what has been checked on this page
 * @param {() => void} restore shows remembered responses on this page
 */
function startPanel(section, now, restore) {
  const full = "full" in section.dataset;
  const names = one(section, ".cap-data");
  const quizzes = names ? JSON.parse(names.textContent) : {};
  section.setAttribute("aria-label", phrase("progress"));

  /** @param {string} [message] @param {boolean} [asking] */
  function draw(message, asking) {
    const entries = remembered();
    const state = make("p", "cap-state", message || phrase(entries ? "remembered" : "nothing_stored"));
    state.tabIndex = -1;
    const buttons = make("p", "cap-buttons");
    section.textContent = "";
    section.append(make("h2", "cap-title", phrase("progress")), state, buttons);
    if (asking) {
      buttons.append(makeButton("cap-erase", phrase("erase_all"), erase), makeButton("", phrase("cancel"), () => draw(phrase("remembered"))));
    } else if (entries) {
      if (full) buttons.append(makeButton("cap-export", phrase("export"), save));
      buttons.append(makeButton("cap-erase", phrase("erase_all"), () => draw(phrase("erase_sure"), true)));
    } else {
      buttons.append(makeButton("cap-remember", phrase("remember"), turnOn));
    }
    if (full && !asking) buttons.append(makeImport((text) => load(text)));
    if (full) section.append(makeTable(entries || {}, quizzes));
    if (message) state.focus();
  }

  function turnOn() {
    const kept = remember(now());
    refreshPanels();
    draw(phrase(kept ? "remembered" : "not_possible"));
  }

  function erase() {
    forgetAll();
    refreshPanels();
    draw(phrase("erased"));
  }

  function save() {
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([entriesText(remembered() || {})], { type: "application/json" }));
    link.download = "capisce-progress.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /** @param {string} text */
  function load(text) {
    const entries = readEntries(text) || {};
    const n = Object.keys(entries).length; // a file without one sound entry is not ours, and turns nothing on
    const kept = n && remember(entries);
    if (kept) restore();
    refreshPanels();
    draw(kept ? phrase("imported", { n }) : phrase(n ? "not_possible" : "not_ours"));
  }

  panels.push(() => draw());
  draw();
}

/** Make a file picker that hands over the text of a file. @param {(text: string) => void} take */
function makeImport(take) {
  const input = make("input");
  input.type = "file";
  input.accept = ".json,application/json";
  input.addEventListener("change", () => {
    const file = input.files[0];
    if (!file) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => take(String(reader.result)));
    if (file.size > MOST_CHARACTERS) take("");
    else reader.readAsText(file);
  });
  return make("label", "cap-import", make("span", "", phrase("import")), input);
}

/**
 * Make the table of questions done in each quiz; a quiz that the page does not name goes by its id.
 * @param {Entries} entries
 * @param {{[quiz: string]: {title: string, href?: string, total?: number}}} quizzes
 */
function makeTable(entries, quizzes) {
  /** @type {Map<string, number>} */
  const done = new Map(Object.keys(quizzes).map((quiz) => [quiz, 0]));
  Object.keys(entries).forEach((id) => {
    const quiz = id.split(".")[0];
    done.set(quiz, (done.get(quiz) || 0) + 1);
  });
  const body = make("tbody");
  done.forEach((count, quiz) => {
    const { title = quiz, href = "", total = 0 } = done.has(quiz) && quizzes[quiz] || {};
    const name = make(href ? "a" : "span", "", title);
    if (href) name.href = href;
    const head = make("th", "", name);
    head.scope = "row";
    body.append(make("tr", "", head, make("td", "", total ? phrase("n_of", { n: Math.min(count, total), total }) : String(count))));
  });
  if (!body.firstChild) return "";
  const heads = [phrase("quiz"), phrase("questions_done")].map((text) => make("th", "", text));
  heads.forEach((head) => (head.scope = "col"));
  return make("table", "cap-done", make("thead", "", make("tr", "", ...heads)), body);
}
