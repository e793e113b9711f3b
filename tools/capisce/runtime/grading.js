// @ts-check
/** Grades a response against a key; the twin of tools/capisce/grading.py, proved by tests/vectors. */

/** @typedef {{earned: number, possible: number}} Score */

/**
 * Fold away what a typed term may differ in: case, spaces, apostrophes, hyphens. Accents stay.
 * @param {string} text
 */
function fold(text) {
  return text
    .normalize("NFC").toLowerCase().toUpperCase().toLowerCase()
    .replace(/i\u0307/g, "i").normalize("NFC") // the Turkish capital I with a dot leaves one behind
    .replace(/[\u00AD\u200B-\u200D\u2060]/g, "")
    .replace(/[\u2018\u2019\u02BC\u2032`]/g, "'")
    .replace(/[\u2010\u2011\u2013\u2212]/g, "-")
    .replace(/[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF]+/g, " ")
    .replace(/^ | $/g, "");
}

/**
 * Keep the ids that the key knows, each at its first place.
 * @param {*} response @param {string[]} ids @returns {string[]}
 */
function known(response, ids) {
  if (!Array.isArray(response)) return [];
  return response.filter((id, at) => ids.includes(id) && response.indexOf(id) === at);
}

/** @param {*} key @param {*} response @returns {Score | null} */
function gradeChoice(key, response) {
  const chosen = known(response, key.options);
  if (!chosen.length) return null;
  const hits = chosen.filter((id) => key.right.includes(id)).length;
  return { earned: Math.max(0, hits - (chosen.length - hits)), possible: key.right.length };
}

/** @param {*} key @param {*} response @returns {Score | null} */
function gradePairs(key, response) {
  const parts = Object.keys(key.parts);
  if (missingParts(key, response).length) return null;
  return { earned: parts.filter((id) => key.parts[id].includes(response[id])).length, possible: parts.length };
}

/**
 * List the parts that have no choice yet, or one that the key does not know.
 * @param {*} key @param {*} response @returns {string[]}
 */
function missingParts(key, response) {
  const given = response && typeof response === "object" && !Array.isArray(response) ? response : {};
  return Object.keys(key.parts).filter(
    (id) => !Object.prototype.hasOwnProperty.call(given, id) || !key.choices.includes(given[id])
  );
}

/** @param {*} key @param {*} response @returns {Score | null} */
function gradeOrder(key, response) {
  const items = known(response, key.items);
  if (items.length < key.items.length) return null;
  const run = longestRun(items.map((id) => key.items.indexOf(id))).length;
  return { earned: run > 1 ? run : 0, possible: items.length };
}

/**
 * Find the longest run of rising places, not always side by side.
 * @param {number[]} places @returns {number[]}
 */
function longestRun(places) {
  /** @type {number[][]} */
  const runs = [];
  let longest = /** @type {number[]} */ ([]);
  places.forEach((place) => {
    let best = /** @type {number[]} */ ([]);
    runs.forEach((run) => {
      if (run[run.length - 1] < place && run.length > best.length) best = run;
    });
    runs.push(best.concat(place));
    if (best.length >= longest.length) longest = best.concat(place);
  });
  return longest;
}

/** @param {*} key @param {*} response @returns {Score | null} */
function gradeText(key, response) {
  const typed = typeof response === "string" ? fold(response) : "";
  if (!typed) return null;
  return { earned: key.accepted.some((/** @type {string} */ text) => fold(text) === typed) ? 1 : 0, possible: 1 };
}

/** @param {*} key @param {*} response @returns {Score | null} */
function gradeChecklist(key, response) {
  const ticked = known(response, key.units).length;
  return ticked ? { earned: ticked, possible: key.units.length } : null;
}

/** @param {*} key @param {*} response @returns {Score | null} */
function gradeSpot(key, response) {
  const given = response && typeof response === "object" && !Array.isArray(response) ? response : {};
  let marked = 0;
  let earned = 0;
  let faulty = 0;
  let whole = true;
  Object.keys(key.turns).forEach((id) => {
    const { errors, repairs, right } = key.turns[id];
    if (errors.length) faulty += 1;
    if (!Object.prototype.hasOwnProperty.call(given, id)) return;
    const [error, repair] = parted(given[id]);
    marked += 1;
    whole = whole && key.errors.includes(error) && repairs.includes(repair);
    earned += errors.length ? 1 + Number(errors.includes(error)) + Number(repair === right) : -1;
  });
  return marked && whole ? { earned: Math.max(0, earned), possible: 3 * faulty } : null;
}

/** Part `error.repair` at its first full stop. @param {*} value @returns {[string, string]} */
function parted(value) {
  const text = typeof value === "string" ? value : "";
  const at = text.indexOf(".");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** @type {{[rule: string]: (key: *, response: *) => Score | null}} */
const rules = {
  choice: gradeChoice,
  pairs: gradePairs,
  order: gradeOrder,
  text: gradeText,
  checklist: gradeChecklist,
  spot: gradeSpot
};

/**
 * Grade a response; null when there is nothing to grade yet, which is never zero.
 * @param {*} key @param {*} response @returns {Score | null}
 */
function grade(key, response) {
  return rules[key.rule](key, response);
}
