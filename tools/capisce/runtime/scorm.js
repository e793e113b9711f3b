// @ts-check
/** Speaks SCORM 1.2 with a learning platform; beside progress.js the only script that knows of one. */

/** @typedef {{api: *, since: number, done: boolean, looking: boolean, next: number, takes: string[], status: string, raw: number}} Session */

const RANKS = ["not attempted", "browsed", "incomplete", "failed", "completed", "passed"];
const PLACES = "0123456789abcdefghijklmnopqrstuvwxyz";
const MOST_CLIMBED = 20;

/** Look for the platform's API in a window and those around it. @param {*} from */
function climb(from) {
  for (let here = from, n = 0; here && n < MOST_CLIMBED; here = here.parent, n += 1) {
    try {
      if (here.API) return here.API;
    } catch (problem) {
      // A window of another site; the platform may still be around it.
    }
    if (here.parent === here) return null;
  }
  return null;
}

/** Find the platform's API around this window, or around the one that opened it. */
function findApi() {
  try {
    return climb(window) || climb(window.opener) || climb(/** @type {Window} */ (window.top).opener);
  } catch (problem) {
    return null;
  }
}

/** Call the platform; nothing it does stops the course. @param {*} api @param {string} name @param {...string} values @returns {string} */
function call(api, name, ...values) {
  try {
    const said = api[name](...values);
    return said === undefined || said === null ? "" : String(said);
  } catch (problem) {
    return "";
  }
}

/** Begin the session; null where there is no platform, or it does not take part. @returns {Session | null} */
function openSession() {
  const api = findApi();
  if (!api || call(api, "LMSInitialize", "") !== "true") return null;
  const get = (/** @type {string} */ element) => call(api, "LMSGetValue", element);
  const raw = get("cmi.core.score.raw");
  const session = {
    api,
    since: Date.now(),
    done: false,
    looking: ["review", "browse"].includes(get("cmi.core.lesson_mode")),
    next: Number(get("cmi.interactions._count")) || 0,
    takes: get("cmi.interactions._children").split(","),
    status: get("cmi.core.lesson_status") || "not attempted",
    raw: raw === "" || !(Number(raw) >= 0) ? -1 : Number(raw)
  };
  return session;
}

/** @param {Session} session @param {string} element */
function getValue(session, element) {
  return session.done ? "" : call(session.api, "LMSGetValue", element);
}

/** Set a value; false when the platform refuses, or nothing is to be recorded. @param {Session} session @param {string} element @param {string | number} value */
function setValue(session, element, value) {
  return !session.done && !session.looking && call(session.api, "LMSSetValue", element, String(value)) === "true";
}

/** Have what was set kept; false when the platform could not. @param {Session} session */
function commit(session) {
  return session.done || session.looking || call(session.api, "LMSCommit", "") === "true";
}

/** Report how far the learner has come; neither score nor status ever falls. @param {Session} session @param {string} status @param {number} raw -1 for none yet */
function report(session, status, raw) {
  if (raw > session.raw) {
    session.raw = raw;
    setValue(session, "cmi.core.score.min", 0);
    setValue(session, "cmi.core.score.max", 100);
    setValue(session, "cmi.core.score.raw", raw);
  }
  if (RANKS.indexOf(status) > RANKS.indexOf(session.status)) {
    session.status = status;
    setValue(session, "cmi.core.lesson_status", status);
  }
}

/** Tell the platform of a question that was checked. @param {Session} session @param {string} id @param {*} key @param {Entry} entry */
function tellOf(session, id, key, { r, e, p }) {
  if (!session.takes.includes("id")) return;
  const element = "cmi.interactions." + session.next + ".";
  const type = typeOf(key);
  const [response, right] = [feedbackOf(type, key, r), feedbackOf(type, key, rightOf(key))];
  /** @type {[string, string | number][]} */
  const values = [["type", type], ["time", new Date().toTimeString().slice(0, 8)]];
  if (right) values.push(["correct_responses.0.pattern", right]);
  values.push(["weighting", p]);
  if (response) values.push(["student_response", response]);
  const share = e === p ? "correct" : e ? String(Math.round((100 * e) / p) / 100) : "wrong";
  values.push(["result", key.rule === "checklist" ? "neutral" : share]);
  if (!setValue(session, element + "id", id.replace(".", "_"))) return;
  session.next += 1;
  values.filter(([name]) => session.takes.includes(name.split(".")[0])).forEach(([name, value]) => setValue(session, element + name, value));
}

/** @param {*} key */
function typeOf({ rule, options = [] }) {
  if (rule === "choice") return options.join() === "true,false" ? "true-false" : "choice";
  return { pairs: "matching", order: "sequencing", text: "fill-in", checklist: "choice" }[/** @type {string} */ (rule)] || "fill-in";
}

/** What earns every mark; nothing for a key that has no one right response. @param {*} key @returns {*} */
function rightOf({ rule, right, parts, items }) {
  if (rule === "pairs") return Object.fromEntries(Object.keys(parts).map((part) => [part, parts[part][0]]));
  return { choice: right, order: items }[/** @type {string} */ (rule)];
}

/**
 * Write a response as SCORM does, a digit or letter for each option by its place; never what was typed.
 * @param {string} type @param {*} key @param {*} response @returns {string} nothing when it cannot be written
 */
function feedbackOf(type, key, response) {
  if (!response || type === "fill-in") return "";
  const ids = idsOf(key);
  if (type === "true-false") return response[0] === "true" ? "t" : "f";
  const place = (/** @type {string[]} */ among, /** @type {string} */ id) => PLACES[among.indexOf(id)] || "";
  const parts = Object.keys(key.parts || {});
  const written = type === "matching"
    ? parts.filter((part) => part in response).map((part) => place(parts, part) + "." + place(ids, response[part]))
    : response.map((/** @type {string} */ id) => place(ids, id));
  if (type === "choice") written.sort();
  return written.every((/** @type {string} */ one) => /^\w(\.\w)?$/.test(one)) ? written.join(",") : "";
}

/** Note how long the session has lasted. @param {Session} session */
function noteTime(session) {
  const seconds = Math.min(Math.round((Date.now() - session.since) / 1000), 9999 * 3600);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const hours = String(Math.floor(seconds / 3600)).padStart(4, "0");
  setValue(session, "cmi.core.session_time", hours + ":" + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60));
}

/** End the session, once. @param {Session} session */
function finish(session) {
  if (session.done) return;
  noteTime(session);
  setValue(session, "cmi.core.exit", "suspend");
  session.done = true;
  call(session.api, "LMSFinish", "");
}
