// @ts-check
/** A term to type; a near miss is sent back to its spelling, not marked. */

/** Keep only the letters and figures of a term. @param {string} text */
function bare(text) {
  return fold(text).normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "");
}

/** Say whether one letter added, left out or changed turns one text into the other. @param {string} a @param {string} b */
function oneEditAway(a, b) {
  if (a.length < b.length) [a, b] = [b, a];
  if (a.length - b.length > 1) return false;
  let at = 0;
  while (at < b.length && a[at] === b[at]) at += 1;
  return a.slice(at + 1) === b.slice(a.length === b.length ? at + 1 : at);
}

kinds["term"] = {
  response(form) {
    return one(form, "input.cap-term").value;
  },
  show(form, response) {
    one(form, "input.cap-term").value = response;
  },
  almost(key, response) {
    const typed = bare(response);
    const isTyped = (/** @type {string} */ text) => fold(text) === fold(response);
    const misses = Object.keys(key.misses || {});
    if (!typed || misses.some((id) => key.misses[id].some(isTyped))) return false;
    return key.accepted.some((/** @type {string} */ text) => {
      const right = bare(text);
      return right === typed || (right.length >= 5 && oneEditAway(right, typed));
    });
  }
};
