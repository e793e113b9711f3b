// @ts-check
/**
 * Holds the pages of a SCORM package, and the session with the learning platform while they come and go: in SCORM 1.2 a
 * session that has ended does not begin again. The last file of its bundle.
 */

/** Sum up in SCORM's words: the mean of the module quizzes, passed when each reached its mark. @param {*} course @param {State} state */
function sumUpState({ graded: marks, quizzes, scenarios }, { best, questions, scenarios: walks }) {
  const slugs = Object.keys(marks);
  const done = slugs.filter((slug) => slug in best);
  if (slugs.length) {
    const sum = done.reduce((total, slug) => total + best[slug], 0);
    const passed = done.every((slug) => best[slug] >= 10 * marks[slug]);
    const status = done.length < slugs.length ? "incomplete" : passed ? "passed" : "failed";
    return { status, raw: done.length ? Math.floor(sum / slugs.length) / 10 : -1 };
  }
  const played = Object.keys(scenarios).every((slug) => (walks[slug] || {}).d);
  const checked = Object.keys(quizzes).every((slug) => Object.keys(quizzes[slug].keys).every((name) => slug + "." + name in questions));
  const whole = Object.keys(scenarios).length ? played : checked;
  return { status: whole ? "completed" : "incomplete", raw: -1 };
}

/** Keep the best share of marks of each module quiz that is complete, in tenths of a per cent. @param {*} course @param {State} state */
function noteBest({ graded: marks, quizzes }, { best, questions }) {
  Object.keys(marks).forEach((slug) => {
    const entries = Object.keys(quizzes[slug].keys).map((name) => questions[slug + "." + name]);
    if (!entries.every(Boolean)) return;
    const [earned, possible] = entries.reduce(([e, p], entry) => [e + entry.e, p + entry.p], [0, 0]);
    best[slug] = Math.max(best[slug] || 0, Math.floor((1000 * earned) / possible));
  });
}

/**
 * Make what the pages see as their store: text in the form of progress.js comes and goes, the platform keeps it.
 * @param {*} course @param {Session} session @param {() => void} changed called when what the learner is told changes
 */
function makeRecord(course, session, changed) {
  const state = readState(course, getValue(session, "cmi.suspend_data"));
  const record = { standing: session.looking ? "review" : "kept", getItem, setItem, removeItem };

  function getItem() {
    return progressText(state);
  }

  /** @param {string} _ @param {string} text */
  function setItem(_, text) {
    const found = readProgress(text);
    if (!found) return;
    const before = state.questions;
    state.questions = {};
    Object.keys(found.questions).forEach((id) => {
      const [slug, name] = id.split(".");
      const key = own(own(course.quizzes, slug).keys, name);
      const entry = key.rule && graded(key, found.questions[id]);
      if (!entry) return;
      state.questions[id] = entry;
      if (JSON.stringify(before[id]) !== JSON.stringify(entry)) tellOf(session, id, key, entry);
    });
    state.scenarios = Object.fromEntries(Object.entries(found.scenarios).filter(([slug]) => own(course.scenarios, slug).t));
    keepState();
  }

  function removeItem() {
    state.questions = {};
    state.scenarios = {};
    keepState();
  }

  function keepState() {
    noteBest(course, state);
    const { status, raw } = sumUpState(course, state);
    const { text, whole } = writeState(course, state);
    report(session, status, raw);
    const kept = setValue(session, "cmi.suspend_data", text) && commit(session);
    const standing = session.looking ? "review" : !kept ? "failed" : whole ? "kept" : "partly";
    if (standing === record.standing) return;
    record.standing = standing;
    changed();
  }

  const { status, raw } = sumUpState(course, state);
  report(session, status, raw); // a session before may have ended before the platform took it all
  return record;
}

/** What something has under a name of its own. @param {*} all @param {string} name @returns {*} */
function own(all, name) {
  return all && Object.prototype.hasOwnProperty.call(all, name) ? all[name] : {};
}

/** Let links to other sites open beside the course: most do not let themselves be framed. @param {Event} event */
function openBeside(event) {
  const target = /** @type {*} */ (event.target);
  const link = target.closest && target.closest("a[href]");
  if (!link || event.defaultPrevented || !/^https?:/.test(link.protocol) || link.origin === location.origin) return;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
}

function startFrame() {
  const course = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("course")).textContent || "");
  const frame = document.createElement("iframe");
  const session = openSession();
  const folder = new URL(".", location.href).href;
  frame.title = course.title;
  frame.src = course.start;
  frame.addEventListener("load", () => {
    try {
      const { contentDocument, contentWindow } = frame;
      const place = /** @type {Window} */ (contentWindow).location.href.split(/[?#]/)[0].replace(folder, "");
      document.title = /** @type {Document} */ (contentDocument).title || course.title;
      /** @type {Document} */ (contentDocument).addEventListener("click", openBeside);
      if (session && course.pages.includes(place) && setValue(session, "cmi.core.lesson_location", place)) commit(session);
    } catch (problem) {
      // Opened from a disk, the pages inside are out of reach; they do without.
    }
  });
  if (session) {
    const place = getValue(session, "cmi.core.lesson_location");
    if (course.pages.includes(place)) frame.src = place;
    /** @type {*} */ (window).capisceRecord = makeRecord(course, session, () => {
      const inside = /** @type {*} */ (frame.contentWindow);
      if (inside) inside.dispatchEvent(new inside.Event("storage"));
    });
    const save = () => { // whatever matters has been committed already; some platforms add up the time only here
      noteTime(session);
      commit(session);
    };
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
    addEventListener("beforeunload", save);
    addEventListener("pagehide", () => finish(session));
    addEventListener("unload", () => finish(session));
    addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  }
  document.body.append(frame);
}

startFrame();
