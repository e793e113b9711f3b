// @ts-check
/** Writes the transcript of a scenario, turn by turn, and opens a decision again. */

/**
 * @typedef {object} Play
 * @property {string} slug
 * @property {HTMLElement} section
 * @property {Graph} graph
 * @property {Map<string | undefined, HTMLElement>} parts the rendered scenes, and what follows each step, by their ids
 * @property {HTMLElement} transcript
 * @property {HTMLElement} tools
 * @property {string[]} path the steps taken
 * @property {Standing[]} standings where the play stood before each step, and where it stands now
 */

/** Where the play stands now. @param {Play} play */
function standingOf({ standings }) {
  return standings[standings.length - 1];
}

/** Find a rendered part. @param {Play} play @param {string} id @returns {HTMLElement} */
function partOf({ parts }, id) {
  return /** @type {HTMLElement} */ (parts.get(id));
}

/** Copy the words of a choice, in their own language. @param {Play} play @param {string} step */
function wordsOf(play, step) {
  const [scene, id] = step.split(".");
  const source = one(partOf(play, scene), '[data-choice="' + id + '"] > a');
  const words = make("span", "cap-says", ...copyOf(source).childNodes);
  words.lang = source.lang || play.section.lang;
  if (!words.lang) words.removeAttribute("lang");
  return words;
}

/** Add a turn: what follows from the last step, then the scene and its choices. @param {Play} play */
function addTurn(play) {
  const { section, path, transcript } = play;
  const source = partOf(play, standingOf(play).scene);
  const title = copyOf(one(source, ".cap-scene-title"), section.lang);
  const turn = make("li", "cap-passage", title);
  title.tabIndex = -1;
  if (source.dataset.ending) {
    turn.dataset.ending = source.dataset.ending;
  } else {
    title.textContent = phrase("decision_n", { n: path.length + 1 });
    title.removeAttribute("lang");
  }
  if (path.length) turn.append(copyOf(one(partOf(play, path[path.length - 1]), ".cap-follows"), section.lang));
  every(source, ".cap-narration, .cap-lines, .cap-ask").forEach((part) => turn.append(copyOf(part, section.lang)));
  transcript.append(turn);
  openTurn(play, turn);
}

/** Offer the choices of the turn where the play stands, in the order of the page. @param {Play} play @param {HTMLElement} turn */
function openTurn(play, turn) {
  const ask = one(turn, ".cap-ask");
  if (!ask) return;
  const standing = standingOf(play);
  const open = openSteps(play.graph, standing);
  const group = make("div", "cap-offered");
  group.setAttribute("role", "group");
  group.setAttribute("aria-labelledby", ask.id);
  every(partOf(play, standing.scene), "[data-choice]").forEach(({ dataset }) => {
    const step = standing.scene + "." + dataset.choice;
    if (!open.includes(step)) return;
    const button = makeButton("cap-choice", "", ({ detail }) => {
      if (detail > 1) return; // the second press of a double click, on what has just appeared there
      take(play, step);
      arrive(play);
    });
    button.append(wordsOf(play, step));
    group.append(button);
  });
  turn.append(group);
}

/** Take a step: it closes its turn and adds the next. @param {Play} play @param {string} step */
function take(play, step) {
  const turn = /** @type {HTMLElement} */ (play.transcript.lastElementChild);
  const after = /** @type {Standing} */ (standAfter(play.graph, standingOf(play), step));
  one(turn, ".cap-offered").remove();
  turn.append(makeDone(play, step), makeBack(play, play.path.length));
  play.path.push(step);
  play.standings.push(after);
  addTurn(play);
}

/** Make the learner's own turn. @param {Play} play @param {string} step */
function makeDone(play, step) {
  return make("p", "cap-you", make("span", "cap-speaker", phrase("you")), " ", wordsOf(play, step));
}

/** Make the way back to a decision, named by its number. @param {Play} play @param {number} at its place, from 0 */
function makeBack(play, at) {
  const button = makeButton("cap-back", phrase("go_back"), () => {
    const turn = every(play.transcript, ".cap-passage")[at];
    while (turn.nextElementSibling) turn.nextElementSibling.remove();
    every(turn, ".cap-you, .cap-buttons").forEach((part) => part.remove());
    play.path.length = at;
    play.standings.length = at + 1;
    openTurn(play, turn);
    arrive(play);
  });
  button.append(make("span", "cap-hidden", " (" + (at + 1) + ")"));
  return make("p", "cap-buttons", button);
}

/** Go to the turn where the play stands; keep the path; look back at an ending. @param {Play} play */
function arrive(play) {
  const ended = standingOf(play).scene in play.graph.endings;
  play.tools.hidden = ended;
  closeDebrief(play);
  if (ended) openDebrief(play);
  save(play);
  const title = one(/** @type {HTMLElement} */ (play.transcript.lastElementChild), ".cap-scene-title");
  title.focus({ preventScroll: true });
  title.scrollIntoView();
}
