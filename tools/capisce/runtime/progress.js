// @ts-check
/** Remembers what was done on this device, once the learner has asked for it. */

/** @typedef {{r?: string[] | {[part: string]: string}, e: number, p: number, c?: string}} Entry */
/** @typedef {{[question: string]: Entry}} Entries */

const STORE = "capisce-1";
const MOST_ENTRIES = 5000;
const MOST_CHARACTERS = 1000000;
const MOST_IDS = 60;

/** @param {*} found */
function isId(found) {
  return typeof found === "string" && found.length <= 80 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(found);
}

/** @param {*} found */
function isResponse(found) {
  if (!found || typeof found !== "object") return false;
  const ids = Array.isArray(found) ? found : Object.keys(found).concat(Object.values(found));
  return ids.length <= MOST_IDS && ids.every(isId);
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

/**
 * Read entries from text that nobody vouches for; null when it is not ours.
 * @param {string} text @returns {Entries | null}
 */
function readEntries(text) {
  if (text.length > MOST_CHARACTERS) return null;
  let found;
  try {
    found = JSON.parse(text);
  } catch (problem) {
    return null;
  }
  if (!found || found.v !== 1 || !found.questions || typeof found.questions !== "object") return null;
  /** @type {Entries} */
  const entries = {};
  for (const id of Object.keys(found.questions).slice(0, MOST_ENTRIES)) {
    const names = id.split(".");
    const entry = names.length === 2 && names.every(isId) && readEntry(found.questions[id]);
    if (entry) entries[id] = entry;
  }
  return entries;
}

/**
 * Read what is remembered; null when nothing is, or the browser keeps it from us.
 * @returns {Entries | null}
 */
function remembered() {
  try {
    const text = localStorage.getItem(STORE);
    return text === null ? null : readEntries(text) || {};
  } catch (problem) {
    return null;
  }
}

/** @param {Entries} entries */
function entriesText(entries) {
  return JSON.stringify({ v: 1, questions: entries });
}

/**
 * Add entries to what is remembered (another tab may have written since); false when the browser refuses.
 * @param {Entries} entries
 */
function remember(entries) {
  try {
    localStorage.setItem(STORE, entriesText(Object.assign(remembered() || {}, entries)));
    return true;
  } catch (problem) {
    return false;
  }
}

/** Forget these questions. @param {string[]} ids */
function forget(ids) {
  const entries = remembered();
  if (!entries) return;
  ids.forEach((id) => delete entries[id]);
  try {
    localStorage.setItem(STORE, entriesText(entries));
  } catch (problem) {
    // A browser that refuses to write has nothing of ours to forget.
  }
}

/** Erase everything, and stop remembering. */
function forgetAll() {
  try {
    localStorage.removeItem(STORE);
  } catch (problem) {
    // As above.
  }
}
