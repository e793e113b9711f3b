// @ts-check
/**
 * Remembers what was done: on this device, once the learner has asked for it, or in the record of a learning platform
 * when the page lies in the frame of a SCORM package (frame.js).
 */

/** @typedef {{r?: string[] | {[part: string]: string}, e: number, p: number, c?: string}} Entry */
/** @typedef {{[question: string]: Entry}} Entries */
/** @typedef {{p: string[], d?: number, b?: number}} Walk the path, 1 once an ending was reached, the best marks */
/** @typedef {{[scenario: string]: Walk}} Walks */
/** @typedef {{questions: Entries, scenarios: Walks}} Progress */

const STORE = "capisce-1";
const MOST_ENTRIES = 5000;
const MOST_CHARACTERS = 1000000;
const MOST_IDS = 120;

/** @param {*} found */
function isId(found) {
  return typeof found === "string" && found.length <= 80 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(found);
}

/** A response names ids, or pairs of them such as a turn's error and repair. @param {*} found */
function isResponse(found) {
  if (!found || typeof found !== "object") return false;
  const ids = Array.isArray(found) ? found : Object.keys(found).concat(Object.values(found));
  return ids.length <= MOST_IDS && ids.every((id) => isId(id) || isPair(id));
}

/**
 * Copy what is sound in one entry; null when it is not.
 * @param {*} found @returns {Entry | null}
 */
function readEntry(found) {
  if (!found || !Number.isInteger(found.e) || !Number.isInteger(found.p)) return null;
  if (found.e < 0 || found.e > found.p || found.p < 1 || found.p > 100) return null;
  /** @type {Entry} */
  const entry = { e: found.e, p: found.p };
  if (found.r !== undefined) {
    if (!isResponse(found.r)) return null;
    entry.r = found.r;
  }
  if (["sure", "fairly", "guess"].includes(found.c)) entry.c = found.c;
  return entry;
}

/** A question goes by `quiz.question`, a step by `scene.choice`. @param {*} found */
function isPair(found) {
  const names = typeof found === "string" ? found.split(".") : [];
  return names.length === 2 && names.every(isId);
}

/**
 * Copy what is sound of a scenario; only its page knows whether the path can be walked.
 * @param {*} found @returns {Walk | null}
 */
function readWalk(found) {
  if (!found || !Array.isArray(found.p) || found.p.length > MOST_IDS || !found.p.every(isPair)) return null;
  /** @type {Walk} */
  const walk = { p: found.p };
  if (found.d === 1) walk.d = 1;
  if (Number.isInteger(found.b) && found.b >= 0 && found.b <= 2 * MOST_IDS) walk.b = found.b;
  return walk;
}

/**
 * Copy the sound things from under sound names.
 * @template T
 * @param {*} found @param {(name: *) => boolean} isName @param {(found: *) => T | null} read
 * @returns {{[name: string]: T}}
 */
function readAll(found, isName, read) {
  /** @type {{[name: string]: T}} */
  const sound = {};
  if (!found || typeof found !== "object" || Array.isArray(found)) return sound;
  for (const name of Object.keys(found).slice(0, MOST_ENTRIES)) {
    const copy = isName(name) && read(found[name]);
    if (copy) sound[name] = copy;
  }
  return sound;
}

/**
 * Read progress from text that nobody vouches for; null when it is not ours.
 * @param {string} text @returns {Progress | null}
 */
function readProgress(text) {
  if (text.length > MOST_CHARACTERS) return null;
  let found;
  try {
    found = JSON.parse(text);
  } catch (problem) {
    return null;
  }
  if (!found || found.v !== 1 || !found.questions || typeof found.questions !== "object") return null;
  return { questions: readAll(found.questions, isPair, readEntry), scenarios: readAll(found.scenarios, isId, readWalk) };
}

/** The record of a learning platform; null anywhere else. @returns {*} */
function record() {
  try {
    return /** @type {*} */ (parent).capisceRecord || null;
  } catch (problem) {
    return null; // the page around this one is somebody else's
  }
}

/** Where progress is kept. @returns {Storage} */
function store() {
  return record() || localStorage;
}

/**
 * Name the words for something: those for a learning platform's record, or those for this device.
 * @param {"standing" | "erase"} what
 */
function wordFor(what) {
  const found = record();
  if (what === "erase") return found ? "record_erase" : "erase_sure";
  return found ? "record_" + found.standing : "remembered";
}

/**
 * Read what is remembered; null when nothing is, or the browser keeps it from us.
 * @returns {Progress | null}
 */
function remembered() {
  try {
    const text = store().getItem(STORE);
    return text === null ? null : readProgress(text) || { questions: {}, scenarios: {} };
  } catch (problem) {
    return null;
  }
}

/** @param {Progress} progress */
function progressText({ questions, scenarios }) {
  return JSON.stringify({ v: 1, questions, scenarios: Object.keys(scenarios).length ? scenarios : undefined });
}

/**
 * Add to what is remembered (another tab may have written since); false when the browser refuses.
 * @param {Partial<Progress>} more
 */
function remember({ questions, scenarios }) {
  const kept = remembered() || { questions: {}, scenarios: {} };
  Object.assign(kept.questions, questions);
  Object.assign(kept.scenarios, scenarios);
  return keep(kept);
}

/** @param {Progress} progress */
function keep(progress) {
  const text = progressText(progress);
  if (text.length > MOST_CHARACTERS) return false; // it could not be read again
  try {
    store().setItem(STORE, text);
    return true;
  } catch (problem) {
    return false;
  }
}

/** Forget these questions. @param {string[]} ids */
function forget(ids) {
  const kept = remembered();
  if (!kept) return;
  ids.forEach((id) => delete kept.questions[id]);
  keep(kept);
}

/** Erase everything, and stop remembering. */
function forgetAll() {
  try {
    store().removeItem(STORE);
  } catch (problem) {
    // A browser that refuses has nothing of ours to erase.
  }
}
