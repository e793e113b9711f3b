// @ts-check
/** Runs a question: check, verdict, try again, restore. What differs by kind is in kinds/. */

/**
 * @typedef {object} Kind
 * @property {(form: HTMLElement) => *} response reads what the learner did
 * @property {(form: HTMLElement, response: *) => void} show puts a response back
 * @property {(form: HTMLElement) => void} [start] prepares the controls
 * @property {(key: *, response: *) => boolean} [almost] says that a spelling is nearly right
 * @property {(question: Question) => Note[]} [notes] says what teaches, where the rule does not say it
 * @property {(question: Question) => void} [after] adds to the verdict
 */
/**
 * @typedef {object} Question
 * @property {string} id
 * @property {HTMLFormElement} form
 * @property {HTMLElement} verdict
 * @property {Kind} kind
 * @property {*} key
 * @property {*} response
 * @property {Score | null} score
 * @property {string} [certainty]
 * @property {Quiz} [quiz]
 */

/** @type {{[kind: string]: Kind}} */
const kinds = {};

/** The values ticked among options. @param {HTMLElement} form @returns {string[]} */
function choiceResponse(form) {
  return every(form, ".cap-options input:checked").map((input) => input.value);
}

/** @param {HTMLElement} form @param {string[]} response */
function showChoice(form, response) {
  every(form, ".cap-options input").forEach((input) => (input.checked = response.includes(input.value)));
}

/** The choice made for each part. @param {HTMLElement} form @returns {{[part: string]: string}} */
function pairsResponse(form) {
  /** @type {{[part: string]: string}} */
  const response = {};
  every(form, ".cap-body [data-part]").forEach((place) => {
    const control = one(place, "select, input:checked");
    if (control && control.value) response[place.dataset.part] = control.value;
  });
  return response;
}

/** @param {HTMLElement} form @param {{[part: string]: string}} response */
function showPairs(form, response) {
  every(form, ".cap-body [data-part]").forEach((place) => {
    const choice = response[place.dataset.part];
    every(place, "option").forEach((option) => (option.selected = option.value === choice));
    every(place, "input").forEach((input) => (input.checked = input.value === choice));
  });
}

/**
 * Bring a rendered question to life; null when this page does not know its kind.
 * @param {HTMLFormElement} form @returns {Question | null}
 */
function startQuestion(form) {
  const kind = kinds[form.dataset.kind || ""];
  if (!kind) return null;
  const key = JSON.parse(one(form, ".cap-data").textContent);
  const verdict = one(form, ".cap-verdict");
  /** @type {Question} */
  const question = { id: form.dataset.question || "", form, verdict, kind, key, response: null, score: null };
  every(form, ".cap-buttons, .cap-certainty").forEach((part) => (part.hidden = false));
  one(form, ".cap-key").hidden = true;
  if (kind.start) kind.start(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(question);
  });
  form.addEventListener("change", ({ target }) => {
    const control = /** @type {HTMLInputElement} */ (target);
    if (control.closest(".cap-certainty")) return;
    if (control.type === "checkbox") keepExclusive(form, control);
    clearVerdict(question);
  });
  one(form, ".cap-again").addEventListener("click", () => {
    clearVerdict(question);
    focusFirst(question);
  });
  return question;
}

/** Move the focus to the control to begin with. @param {Question} question */
function focusFirst({ form }) {
  (one(form, ".cap-body input:checked") || one(form, ".cap-body :is(input, select, button)")).focus();
}

/** Let an option such as "none of these" clear the others, and they it. @param {HTMLElement} form @param {HTMLInputElement} control */
function keepExclusive(form, control) {
  if (!control.checked) return;
  const alone = "exclusive" in control.dataset;
  const cleared = every(form, ".cap-options input:checked").filter(
    (input) => input !== control && (alone || "exclusive" in input.dataset)
  );
  cleared.forEach((input) => (input.checked = false));
  if (cleared.length) {
    announce(alone ? phrase("others_cleared") : phrase("cleared", { item: cleared[0].parentElement.textContent.trim() }));
  }
}

/** Grade what the learner did, show it, keep it. @param {Question} question */
function check(question) {
  const { id, form, key, kind, quiz, verdict } = question;
  const response = kind.response(form);
  const score = grade(key, response);
  clearVerdict(question);
  if (!score) {
    showIncomplete(Object.assign({}, question, { response }));
  } else if (!score.earned && kind.almost && kind.almost(key, response)) {
    openVerdict(question, "part", phrase("check_spelling"));
  } else {
    const sure = one(form, ".cap-certainty input:checked");
    settle(question, response, score, sure ? sure.value : undefined);
    if (remembered()) remember({ questions: { [id]: entryOf(question) } });
    if (quiz && isComplete(quiz)) {
      verdict.append(makeButton("cap-results", phrase("see_results"), () => showSummary(quiz, true)));
    }
  }
  verdict.focus();
}

/**
 * Take over a graded response and show what follows from it.
 * @param {Question} question @param {*} response @param {Score} score @param {string} [certainty]
 */
function settle(question, response, score, certainty) {
  Object.assign(question, { response, score, certainty });
  clearVerdict(question);
  showVerdict(question);
  if (question.quiz) refreshSummary(question.quiz);
}

/** Say what is remembered of a question: never what was typed. @param {Question} question @returns {Entry} */
function entryOf({ key, response, score, certainty }) {
  const { earned, possible } = /** @type {Score} */ (score);
  return { r: key.rule === "text" ? undefined : response, e: earned, p: possible, c: certainty };
}

/** Show again what was remembered, without moving the focus. @param {Question} question @param {Entry} entry */
function restoreQuestion(question, entry) {
  const { form, key, kind } = question;
  const typed = key.rule === "text";
  const score = typed ? { earned: Math.min(entry.e, 1), possible: 1 } : grade(key, entry.r);
  if (!score) return;
  if (!typed) kind.show(form, entry.r);
  every(form, ".cap-certainty input").forEach((input) => (input.checked = input.value === entry.c));
  settle(question, typed ? "" : kind.response(form), score, entry.c);
}

/** Put a question back as it was at first. @param {Question} question */
function clearQuestion(question) {
  question.form.reset();
  if (question.kind.start) question.kind.start(question.form);
  Object.assign(question, { response: null, score: null, certainty: undefined });
  clearVerdict(question);
}
