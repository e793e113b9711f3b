// @ts-check
/** Starts everything on the page; the last file of the bundle. */

function startPage() {
  document.body.append(announcer);
  /** @type {Question[]} */
  const questions = [];
  document.querySelectorAll("form.cap-question").forEach((form) => {
    const question = startQuestion(/** @type {HTMLFormElement} */ (form));
    if (question) questions.push(question);
  });
  document.querySelectorAll("section.cap-quiz").forEach((section) => {
    startQuiz(/** @type {HTMLElement} */ (section), questions);
  });

  const restore = () => {
    const kept = remembered();
    questions.forEach((question) => {
      if (kept && kept.questions[question.id]) restoreQuestion(question, kept.questions[question.id]);
    });
  };
  /** @type {() => Entries} */
  const now = () => {
    /** @type {Entries} */
    const entries = {};
    questions.forEach((question) => {
      if (question.score) entries[question.id] = entryOf(question);
    });
    return entries;
  };

  const last = questions.length && questions[questions.length - 1];
  let sections = every(document, "section.cap-progress");
  if (last && !sections.length) {
    const section = make("section", "cap-progress");
    (last.form.closest(".cap-quiz") || last.form).after(section);
    sections = [section];
  }
  sections.forEach((section) => startPanel(section, now, restore));
  followStore();
  restore();
}

startPage();
