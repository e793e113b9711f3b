// @ts-check
/** Sums up a quiz: the marks, what to read again (sure and wrong first), or what is still to do. */

/** @typedef {{section: HTMLElement, box: HTMLElement, questions: Question[]}} Quiz */

/**
 * Gather the questions of a quiz and offer its results.
 * @param {HTMLElement} section @param {Question[]} all @returns {Quiz}
 */
function startQuiz(section, all) {
  const quiz = { section, box: one(section, ".cap-summary"), questions: all.filter(({ form }) => section.contains(form)) };
  quiz.questions.forEach((question) => (question.quiz = quiz));
  const results = makeButton("cap-results", phrase("see_results"), () => showSummary(quiz, true));
  quiz.box.before(make("p", "cap-buttons", results));
  return quiz;
}

/** @param {Quiz} quiz */
function isComplete({ questions }) {
  return questions.every(({ score }) => score);
}

/** Bring the summary up to date with its questions. @param {Quiz} quiz */
function refreshSummary(quiz) {
  if (isComplete(quiz)) showSummary(quiz, false);
  else quiz.box.hidden = true;
}

/** @param {Quiz} quiz @param {boolean} focus */
function showSummary(quiz, focus) {
  const { box, section } = quiz;
  const complete = isComplete(quiz);
  const title = make("h2", "cap-title", phrase(complete ? "summary" : "incomplete"));
  title.id = "summary-" + section.dataset.quiz;
  box.textContent = "";
  box.setAttribute("role", "group");
  box.setAttribute("aria-labelledby", title.id);
  box.append(title, ...(complete ? sumUp(quiz) : listLeft(quiz)));
  box.hidden = false;
  if (focus) box.focus();
}

/** @param {Quiz} quiz @returns {Node[]} */
function listLeft({ questions }) {
  const left = questions.filter(({ score }) => !score);
  const links = left.map((question) => make("li", "", linkTo(question)));
  return [make("p", "", phrase("left_n", { n: left.length })), make("ul", "", ...links)];
}

/** @param {Quiz} quiz @returns {Node[]} */
function sumUp(quiz) {
  const { section, questions } = quiz;
  let earned = 0;
  let possible = 0;
  questions.forEach(({ key, score }) => {
    if (!score || key.rule === "checklist") return; // what learners mark themselves is no part of a result
    earned += score.earned;
    possible += score.possible;
  });
  const parts = [];
  if (possible) {
    const marks = make("strong", "", phrase("score", { earned, possible }));
    parts.push(make("p", "cap-total", marks, " ", make("span", "", percent(earned, possible))));
  }
  const pass = Number(section.dataset.pass);
  if (pass && possible) {
    const passed = 100 * earned >= pass * possible;
    parts.push(make("p", "", phrase(passed ? "passed" : "not_passed", { pass: percent(pass, 100) })));
  }
  const again = listToRead(questions);
  if (again.length) parts.push(make("h3", "cap-title", phrase("read_again")), make("ul", "cap-again-list", ...again));
  parts.push(make("p", "cap-buttons", makeButton("cap-restart", phrase("start_again"), () => restart(quiz))));
  return parts;
}

/**
 * List what to read again, each page once, with the questions that lead to it.
 * @param {Question[]} questions @returns {Node[]}
 */
function listToRead(questions) {
  const unsure = questions.filter(({ score }) => score && score.earned < score.possible);
  unsure.sort((a, b) => Number(b.certainty === "sure") - Number(a.certainty === "sure"));
  /** @type {Map<string, HTMLElement>} */
  const places = new Map();
  unsure.forEach((question) => {
    const links = question.form.querySelectorAll(".cap-key .cap-read a");
    (links.length ? Array.from(links) : [linkTo(question)]).forEach((link) => {
      const to = link.getAttribute("href") || "";
      if (!places.has(to)) places.set(to, make("li", "", links.length ? copyOf(link, question.form.lang) : link));
      const item = /** @type {HTMLElement} */ (places.get(to));
      item.append(" ", make("span", "cap-from", linkTo(question).textContent));
      if (question.certainty === "sure") item.append(" ", makeMark("wrong", phrase("sure_wrong")));
    });
  });
  return Array.from(places.values());
}

/** @param {Question} question */
function linkTo({ form }) {
  const link = make("a", "", one(form, ".cap-number, .cap-prompt").textContent);
  link.href = "#" + form.id;
  return link;
}

/** Clear the quiz and go back to its first question. @param {Quiz} quiz */
function restart(quiz) {
  quiz.questions.forEach(clearQuestion);
  forget(quiz.questions.map(({ id }) => id));
  quiz.box.hidden = true;
  focusFirst(quiz.questions[0]);
}
