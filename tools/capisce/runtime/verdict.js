// @ts-check
/** Shows what came out of a check: an outcome, a note for each thing that teaches, the explanation. */

/** @typedef {{id: string, mark: string, text: string, more?: string[]}} Note */

/** @type {{[rule: string]: (question: Question) => Note[]}} */
const notesOf = {
  choice({ key, response }) {
    return key.options
      .filter((/** @type {string} */ id) => response.includes(id) || key.right.includes(id))
      .map((/** @type {string} */ id) => {
        const right = key.right.includes(id);
        const mark = !right ? "wrong" : response.includes(id) ? "right" : "missed";
        return { id, mark, text: phrase(mark === "missed" && key.right.length === 1 ? "right" : mark) };
      });
  },
  pairs({ form, key, response }) {
    return Object.keys(key.parts).map((id) => {
      const mark = key.parts[id].includes(response[id]) ? "right" : "wrong";
      const more = [phrase("your_choice", { item: choiceText(form, id, response[id]) })];
      if (mark === "wrong") more.push(phrase("right_is", { item: choiceText(form, id, key.parts[id][0]) }));
      return { id, mark, text: phrase(mark), more };
    });
  },
  order({ key, response, score }) {
    const run = longestRun(response.map((/** @type {string} */ id) => key.items.indexOf(id)));
    return key.items.map((/** @type {string} */ id, /** @type {number} */ place) => {
      const mark = score && score.earned && run.includes(place) ? "right" : "wrong";
      return { id, mark, text: phrase(mark === "right" ? "in_order" : "to_move") };
    });
  },
  text({ key, response }) {
    const typed = fold(response || "");
    return Object.keys(key.misses || {})
      .filter((id) => key.misses[id].some((/** @type {string} */ text) => fold(text) === typed))
      .map((id) => ({ id, mark: "wrong", text: phrase("wrong") }));
  },
  checklist({ key, response }) {
    return key.units.map((/** @type {string} */ id) => {
      const mark = response.includes(id) ? "right" : "missed";
      return { id, mark, text: phrase(mark === "right" ? "kept" : "missed") };
    });
  },
  spot({ form, key, response }) {
    /** @type {Note[]} */
    const notes = [];
    Object.keys(key.turns).forEach((id) => {
      const { errors, right } = key.turns[id];
      const marked = id in response;
      if (!errors.length) return notes.push({ id, mark: marked ? "wrong" : "right", text: phrase(marked ? "was_right" : "left_alone") });
      const [error, repair] = parted(response[id]);
      const item = errors.map((/** @type {string} */ name) => choiceText(form, id, name)).join(" / ");
      const mended = phrase("mended", { item: choiceText(form, id, right) });
      if (!marked) return notes.push({ id, mark: "missed", text: phrase("not_noticed"), more: [phrase("error_is", { item }), mended] });
      const more = [errors.includes(error) ? phrase("error_is", { item }) : phrase("error_otherwise", { yours: choiceText(form, id, error), item })];
      if (!errors.includes(error) && sameFamily(form, id, error, errors[0])) more.push(phrase("same_family"));
      more.push(repair === right ? phrase("well_mended") : mended);
      notes.push({ id, mark: errors.includes(error) && repair === right ? "right" : "part", text: phrase("found"), more });
    });
    return notes;
  }
};

/** Say whether two errors stand in the same family of the list. @param {HTMLElement} form @param {string[]} names part, error, other error */
function sameFamily(form, ...names) {
  const [a, b] = names.slice(1).map((name) => one(form, '.cap-body [data-part="' + names[0] + '"] option[value="' + name + '"]'));
  return !!a && !!b && a.parentElement === b.parentElement;
}

/** Read the words of a choice beside its control. @param {HTMLElement} form @param {string} part @param {string} id */
function choiceText(form, part, id) {
  const place = one(form, '.cap-body [data-part="' + part + '"]');
  const found = one(place, 'option[value="' + id + '"]') || one(place, 'input[value="' + id + '"] + span');
  return found ? found.textContent.trim() : "";
}

/** Empty and hide the verdict, and take the marks off the controls. @param {Question} question */
function clearVerdict({ form, verdict }) {
  verdict.hidden = true;
  verdict.textContent = "";
  form.querySelectorAll(".cap-body .cap-mark").forEach((mark) => mark.remove());
  form.querySelectorAll(".cap-body [data-mark]").forEach((place) => place.removeAttribute("data-mark"));
  one(form, ".cap-check").hidden = false;
  one(form, ".cap-again").hidden = true;
}

/**
 * Fill the verdict; its first line names it, so that it is announced when it takes the focus.
 * @param {Question} question @param {string} outcome @param {string} text @param {...(string | Node)} more
 */
function openVerdict({ form, verdict, id }, outcome, text, ...more) {
  const heading = make("p", "cap-outcome", makeIcon(outcome), make("strong", "", text));
  heading.id = "verdict-" + id;
  if (form.lang) verdict.lang = pageLang;
  verdict.setAttribute("aria-labelledby", heading.id);
  verdict.dataset.outcome = outcome;
  verdict.append(heading, ...more);
  verdict.hidden = false;
  return heading;
}

/** Say what is missing; nothing is graded. @param {Question} question */
function showIncomplete(question) {
  const { form, key, response } = question;
  if (key.rule !== "pairs") {
    const instruction = key.rule === "spot" ? { textContent: phrase("spot_incomplete") } : one(form, ".cap-instruction");
    openVerdict(question, "part", phrase("incomplete"), instruction ? make("p", "", instruction.textContent) : "");
    return;
  }
  const missing = missingParts(key, response);
  const list = make("ul", "cap-missing");
  missing.forEach((id) => {
    const name = one(form, '.cap-feedback [data-part="' + id + '"] .cap-part');
    if (name) list.append(make("li", "", copyOf(name, form.lang)));
  });
  openVerdict(question, "part", phrase("incomplete"), make("p", "", phrase("incomplete_n", { n: missing.length })), list);
}

/** Show the graded verdict. @param {Question} question */
function showVerdict(question) {
  const { form, key, score } = question;
  if (!score) return;
  const full = score.earned === score.possible;
  const own = key.rule === "checklist";
  const outcome = full ? "right" : score.earned ? "part" : "wrong";
  const word = own ? "self_marked" : full ? "correct" : score.earned ? "partly" : "not_correct";
  const heading = openVerdict(question, outcome, phrase(word));
  heading.append(" ", make("span", "cap-score", phrase("score", { earned: score.earned, possible: score.possible })));
  const list = make(key.rule === "order" ? "ol" : "ul", "cap-notes");
  (question.kind.notes || notesOf[key.rule])(question).forEach((note) => {
    markPlace(form, note);
    list.append(makeNote(form, note));
  });
  if (key.rule === "order") question.verdict.append(make("p", "cap-label", phrase("right_order")));
  if (list.firstChild) question.verdict.append(list);
  if (key.rule === "text" && !full) question.verdict.append(make("p", "cap-label", phrase("right")), copyOf(one(form, ".cap-key .cap-right"), form.lang));
  if (question.kind.after) question.kind.after(question);
  addExplanation(question);
  one(form, ".cap-check").hidden = true;
  one(form, ".cap-again").hidden = false;
}

/** Put a mark beside the control that a note speaks of. @param {HTMLElement} form @param {Note} note */
function markPlace(form, { id, mark, text }) {
  const place = one(form, '.cap-body :is([data-option="@"], [data-part="@"], [data-item="@"])'.replace(/@/g, id));
  if (!place) return;
  place.dataset.mark = mark;
  (one(place, "th") || place).append(makeMark(mark, text));
}

/** @param {HTMLElement} form @param {Note} note */
function makeNote(form, { id, mark, text, more }) {
  const source = one(form, '.cap-feedback [data-part="' + id + '"]');
  const made = make("li", "");
  const head = make("p", "cap-note-head", makeMark(mark, text));
  made.append(head);
  if (source) head.append(" ", copyOf(one(source, ".cap-part") || make("span"), form.lang));
  (more || []).forEach((line) => made.append(make("p", "cap-note-line", line)));
  const said = source && one(source, ".cap-said");
  if (said) made.append(make("p", "", copyOf(said, form.lang)));
  made.dataset.mark = mark;
  return made;
}

/** @param {Question} question */
function addExplanation({ form, verdict }) {
  const why = one(form, ".cap-key .cap-why");
  const read = one(form, ".cap-key .cap-read");
  if (why) verdict.append(make("p", "cap-label", phrase("explanation")), copyOf(why, form.lang));
  if (read) verdict.append(copyOf(read, form.lang));
}
