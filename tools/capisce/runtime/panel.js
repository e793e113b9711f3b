// @ts-check
/** Lets the learner turn remembering on, take the progress along, and erase it. */

/** @type {(() => void)[]} */
const panels = [];

/** Draw every panel of the page again, and let a scenario know. */
function refreshPanels() {
  panels.forEach((draw) => draw());
  document.dispatchEvent(new Event("cap-progress"));
}

/** Follow what is kept from another tab, or by the frame around the page; others on this host store things, too. */
function followStore() {
  addEventListener("storage", ({ key }) => (!key || key === STORE) && refreshPanels());
}

/**
 * Fill a panel; `data-full` adds export, import and a table.
 * @param {HTMLElement} section
 * @param {() => Entries} now what has been checked on this page
 * @param {() => void} restore shows remembered responses on this page
 */
function startPanel(section, now, restore) {
  const full = "full" in section.dataset;
  const [quizzes, scenarios] = [".cap-data", ".cap-scenario-names"].map((name) => {
    const names = one(section, name);
    return names ? JSON.parse(names.textContent) : {};
  });
  section.setAttribute("aria-label", phrase("progress"));

  /** @param {string} [message] @param {boolean} [asking] */
  function draw(message, asking) {
    const kept = remembered();
    const state = make("p", "cap-state", message || phrase(kept ? wordFor("standing") : "nothing_stored"));
    state.tabIndex = -1;
    const buttons = make("p", "cap-buttons");
    section.textContent = "";
    section.append(make("h2", "cap-title", phrase("progress")), state, buttons);
    if (asking) {
      buttons.append(makeButton("cap-erase", phrase("erase_all"), erase), makeButton("", phrase("cancel"), () => draw(phrase(wordFor("standing")))));
    } else if (kept) {
      if (full) buttons.append(makeButton("cap-export", phrase("export"), save));
      buttons.append(makeButton("cap-erase", phrase("erase_all"), () => draw(phrase(wordFor("erase")), true)));
    } else {
      buttons.append(makeButton("cap-remember", phrase("remember"), turnOn));
    }
    if (full && !asking && !record()) buttons.append(makeImport((text) => load(text)));
    if (full) section.append(makeTable(kept ? kept.questions : {}, quizzes), makeWalks(kept ? kept.scenarios : {}, scenarios));
    if (message) state.focus();
  }

  function turnOn() {
    const kept = remember({ questions: now() });
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
    link.href = URL.createObjectURL(new Blob([progressText(remembered() || { questions: {}, scenarios: {} })], { type: "application/json" }));
    link.download = "capisce-progress.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /** @param {string} text */
  function load(text) {
    const found = readProgress(text);
    const [questions, walks] = found ? [found.questions, found.scenarios].map((all) => Object.keys(all).length) : [0, 0];
    const sound = questions + walks > 0; // a file without one sound entry is not ours, and turns nothing on
    const kept = found && sound && remember(found);
    if (kept) restore();
    refreshPanels();
    const said = [];
    if (questions) said.push(phrase("imported", { n: questions }));
    if (walks) said.push(phrase("imported_scenarios", { n: walks }));
    draw(kept ? said.join(" ") : phrase(sound ? "not_possible" : "not_ours"));
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

/** @typedef {{[id: string]: {title: string, href?: string, total?: number}}} Names */

/**
 * Make the table of questions done in each quiz; a quiz that the page does not name goes by its id.
 * @param {Entries} entries @param {Names} quizzes
 */
function makeTable(entries, quizzes) {
  /** @type {Map<string, number>} */
  const done = new Map(Object.keys(quizzes).map((quiz) => [quiz, 0]));
  Object.keys(entries).forEach((id) => {
    const quiz = id.split(".")[0];
    done.set(quiz, (done.get(quiz) || 0) + 1);
  });
  return tableOf(["quiz", "questions_done"], Array.from(done.keys()), quizzes, (quiz, total) => {
    const count = done.get(quiz) || 0;
    return total ? phrase("n_of", { n: Math.min(count, total), total }) : String(count);
  });
}

/** Make the table of scenarios begun, with the best marks of each. @param {Walks} walks @param {Names} scenarios */
function makeWalks(walks, scenarios) {
  return tableOf(["scenario", "best_marks"], Object.keys(Object.assign({}, scenarios, walks)), scenarios, (id, total) => {
    const { d, b = 0 } = walks[id] || {};
    if (!d) return phrase("not_finished");
    return total ? phrase("n_of", { n: Math.min(b, total), total }) : String(b);
  });
}

/**
 * Make a table with a row for each id; nothing when there is none.
 * @param {string[]} heads @param {string[]} ids @param {Names} names
 * @param {(id: string, total: number) => string} cell
 */
function tableOf(heads, ids, names, cell) {
  if (!ids.length) return "";
  const rows = ids.map((id) => {
    const { title = id, href = "", total = 0 } = Object.keys(names).includes(id) ? names[id] : {};
    const name = make(href ? "a" : "span", "", title);
    if (href) name.href = href;
    const head = make("th", "", name);
    head.scope = "row";
    return make("tr", "", head, make("td", "", cell(id, total)));
  });
  const columns = heads.map((word) => make("th", "", phrase(word)));
  columns.forEach((head) => (head.scope = "col"));
  return make("table", "cap-done", make("thead", "", make("tr", "", ...columns)), make("tbody", "", ...rows));
}
