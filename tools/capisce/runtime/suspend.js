// @ts-check
/**
 * Writes progress into the 4,096 characters of SCORM's cmi.suspend_data, and reads it again.
 *
 * `1|` best shares `|` pieces. Each best share is a quiz's token and its tenths of a per cent; each piece is `q` or
 * `s`, a token, what was done, and `;`, without which it was cut off and is not read. A token stands for the structure
 * of a quiz or a scenario (catalogue.py), so what was kept for another edition is left aside, never misread.
 * Only what was chosen is written; marks follow from it by grading again.
 */

/** @typedef {{questions: Entries, scenarios: Walks, best: {[quiz: string]: number}}} State */

const MOST_SUSPENDED = 4096;
const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const SURE = { sure: "!", fairly: "~", guess: "_" };

/** The ids that a response to a key is made of. @param {*} key @returns {string[]} */
function idsOf(key) {
  return key.options || key.items || key.units || key.choices || [];
}

/** Write a response; null when it cannot be written. @param {*} key @param {Entry} entry */
function writeResponse(key, { r, e }) {
  if (key.rule === "text") return String(Math.min(e, 1));
  if (key.rule === "spot") return writeSpot(key, r);
  const ids = idsOf(key);
  const places =
    key.rule === "pairs"
      ? Object.keys(key.parts).map((part) => (r && part in r ? ids.indexOf(/** @type {*} */ (r)[part]) : -2))
      : Array.isArray(r) ? (key.rule === "checklist" ? known(r, ids) : r).map((id) => ids.indexOf(id)) : [-1];
  if (places.some((place) => place === -1 || place >= LETTERS.length)) return null;
  return places.map((place) => (place === -2 ? "-" : LETTERS[place])).join("") || "+";
}

/** Write two letters for each turn, its error and its repair. @param {*} key @param {*} r */
function writeSpot({ errors, turns }, r) {
  const pairs = Object.keys(turns).map((turn) => {
    if (!r || !(turn in r)) return "--";
    const [error, repair] = parted(r[turn]);
    return (LETTERS[errors.indexOf(error)] || "?") + (LETTERS[turns[turn].repairs.indexOf(repair)] || "?");
  });
  return pairs.some((pair) => pair.includes("?")) ? null : pairs.join("");
}

/** Read what `writeSpot` wrote; null when it does not fit the turns. @param {*} key @param {string} letters */
function readSpot({ errors, turns }, letters) {
  const names = Object.keys(turns);
  if (letters.length !== 2 * names.length) return null;
  /** @type {{[turn: string]: string}} */
  const r = {};
  for (const [n, turn] of names.entries()) {
    const [error, repair] = [errors[LETTERS.indexOf(letters[2 * n])], turns[turn].repairs[LETTERS.indexOf(letters[2 * n + 1])]];
    if (letters.slice(2 * n, 2 * n + 2) === "--") continue;
    if (!error || !repair) return null;
    r[turn] = error + "." + repair;
  }
  return r;
}

/** Read an entry; null when it does not fit its key. @param {*} key @param {string} text @returns {Entry | null} */
function readResponse(key, text) {
  const sure = Object.keys(SURE).find((name) => /** @type {*} */ (SURE)[name] === text.slice(-1));
  const letters = sure ? text.slice(0, -1) : text;
  if (key.rule === "spot") {
    const r = readSpot(key, letters);
    return r && graded(key, { r, e: 0, p: 1, c: sure });
  }
  const ids = idsOf(key);
  /** @type {*} */
  let r = letters === "+" ? [] : letters.split("").map((letter) => (letter === "-" ? "" : ids[LETTERS.indexOf(letter)]));
  if (key.rule === "text") return /^[01]$/.test(letters) ? graded(key, { e: Number(letters), p: 1, c: sure }) : null;
  if (!letters || r.includes(undefined)) return null;
  if (key.rule === "pairs") {
    const parts = Object.keys(key.parts);
    if (r.length !== parts.length) return null;
    r = Object.fromEntries(parts.map((part, n) => [part, r[n]]).filter(([, choice]) => choice));
  }
  return graded(key, { r, e: 0, p: 1, c: sure });
}

/** Grade an entry again; what was typed is not kept, so its mark is taken. @param {*} key @param {Entry} entry @returns {Entry | null} */
function graded(key, { r, e, c }) {
  const score = key.rule === "text" ? { earned: Math.min(e, 1), possible: 1 } : grade(key, r);
  return score && { r: key.rule === "text" ? undefined : r, e: score.earned, p: score.possible, c };
}

/** Write the steps of a walk as a letter each; null when it does not fit the scenes. @param {*} scenario @param {Walk} walk */
function writeWalk({ start, scenes, possible }, { p, d, b = 0 }) {
  let here = start;
  let text = "";
  for (const step of p) {
    const [scene, choice] = step.split(".");
    const place = scene === here ? Object.keys(scenes[scene]).indexOf(choice) : -1;
    if (place < 0 || place >= LETTERS.length) return null;
    text += LETTERS[place];
    here = scenes[scene][choice];
  }
  return d ? text + "." + Math.min(b, possible).toString(36) : text;
}

/** @param {*} scenario @param {string} text @returns {Walk | null} */
function readWalkOf({ start, scenes, possible }, text) {
  const found = text.match(/^([0-9a-zA-Z]*)(?:\.([0-9a-z]{1,3}))?$/);
  if (!found) return null;
  let here = start;
  const p = [];
  for (const letter of found[1]) {
    const choice = Object.keys(scenes[here] || {})[LETTERS.indexOf(letter)];
    if (choice === undefined) return null;
    p.push(here + "." + choice);
    here = scenes[here][choice];
  }
  return found[2] ? { p, d: 1, b: Math.min(parseInt(found[2], 36), possible) } : { p };
}

/**
 * Write what is known, the graded quizzes first; `whole` is false when something had to be left out.
 * @param {*} course @param {State} state @returns {{text: string, whole: boolean}}
 */
function writeState(course, state) {
  const { graded: marked, quizzes, scenarios } = course;
  const best = Object.keys(state.best).map((slug) => quizzes[slug].t + state.best[slug].toString(36));
  let text = "1|" + best.join(",") + "|";
  let whole = true;
  const slugs = Object.keys(quizzes).sort((a, b) => Number(b in marked) - Number(a in marked));
  const pieces = slugs.map((slug) => {
    const codes = Object.keys(quizzes[slug].keys).map((name) => {
      const entry = state.questions[slug + "." + name];
      const code = entry ? writeResponse(quizzes[slug].keys[name], entry) : "";
      if (code === null) whole = false;
      return code ? code + (entry.c ? /** @type {*} */ (SURE)[entry.c] : "") : "";
    });
    return codes.some(Boolean) ? "q" + quizzes[slug].t + codes.join(".") + ";" : "";
  });
  const walks = Object.keys(state.scenarios).map((slug) => {
    const walk = writeWalk(scenarios[slug], state.scenarios[slug]);
    if (walk === null) whole = false;
    return walk ? "s" + scenarios[slug].t + walk + ";" : "";
  });
  const first = Object.keys(marked).length;
  for (const piece of [...pieces.slice(0, first), ...walks, ...pieces.slice(first)]) {
    if (text.length + piece.length <= MOST_SUSPENDED) text += piece;
    else whole = false;
  }
  return { text, whole };
}

/**
 * Read what was written, piece by sound piece.
 * @param {*} course @param {string} text @returns {State}
 */
function readState({ quizzes, scenarios }, text) {
  /** @type {State} */
  const state = { questions: {}, scenarios: {}, best: {} };
  const found = text.match(/^1\|([^|]*)\|([^|]*)$/);
  if (!found) return state;
  const quizOf = (/** @type {string} */ token) => Object.keys(quizzes).find((slug) => quizzes[slug].t === token);
  found[1].split(",").forEach((one) => {
    const slug = quizOf(one.slice(0, 4));
    const share = /^[0-9a-z]{1,2}$/.test(one.slice(4)) ? parseInt(one.slice(4), 36) : -1;
    if (slug && share >= 0 && share <= 1000) state.best[slug] = share;
  });
  found[2].split(";").slice(0, -1).forEach((piece) => {
    const [sort, token, rest] = [piece[0], piece.slice(1, 5), piece.slice(5)];
    const quiz = sort === "q" ? quizOf(token) : undefined;
    const scenario = sort === "s" ? Object.keys(scenarios).find((slug) => scenarios[slug].t === token) : undefined;
    const walk = scenario && readWalkOf(scenarios[scenario], rest);
    if (scenario && walk) state.scenarios[scenario] = walk;
    if (quiz) {
      const names = Object.keys(quizzes[quiz].keys);
      rest.split(".").forEach((code, n) => {
        const entry = code && n < names.length ? readResponse(quizzes[quiz].keys[names[n]], code) : null;
        if (entry) state.questions[quiz + "." + names[n]] = entry;
      });
    }
  });
  return state;
}
