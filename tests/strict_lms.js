// A learning platform for the tests, stricter than any: the SCORM 1.2 run-time as its specification has it (ADL, SCORM
// 1.2 Run-Time Environment, sections 3.3 and 3.4). Whatever is out of order, of the wrong type, read where it can only
// be written, or not in a vocabulary is noted in `lms.faults`. What is committed survives in sessionStorage.
(function () {
  "use strict";
  const chars = (most) => (text) => text.length <= most;
  const like = (pattern) => (text) => pattern.test(text);
  const among = (...words) => (text) => words.includes(text);
  const number = like(/^-?\d{1,3}(\.\d{1,7})?$/);
  const within = (low, high) => (text) => number(text) && Number(text) >= low && Number(text) <= high;
  const identifier = like(/^[A-Za-z0-9_-]{1,255}$/);
  const span = like(/^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
  const time = like(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
  const types = ["true-false", "choice", "fill-in", "matching", "performance", "likert", "sequencing", "numeric"];
  const feedbacks = {
    "true-false": /^[01tf]$/,
    choice: /^[a-z0-9](,[a-z0-9])*$/,
    "fill-in": /^.{0,255}$/,
    matching: /^[a-z0-9]\.[a-z0-9](,[a-z0-9]\.[a-z0-9])*$/,
    sequencing: /^[a-z0-9](,[a-z0-9])*$/
  };
  // element -> [access, check]; n stands for a number
  const model = {
    "cmi.core._children": ["r"], "cmi.core.student_id": ["r"], "cmi.core.student_name": ["r"],
    "cmi.core.lesson_location": ["rw", chars(255)], "cmi.core.credit": ["r"],
    "cmi.core.lesson_status": ["rw", among("passed", "completed", "failed", "incomplete", "browsed")],
    "cmi.core.entry": ["r"], "cmi.core.lesson_mode": ["r"], "cmi.core.total_time": ["r"],
    "cmi.core.score._children": ["r"], "cmi.core.score.raw": ["rw", within(0, 100)],
    "cmi.core.score.min": ["rw", within(0, 100)], "cmi.core.score.max": ["rw", within(0, 100)],
    "cmi.core.exit": ["w", among("time-out", "suspend", "logout", "")], "cmi.core.session_time": ["w", span],
    "cmi.suspend_data": ["rw", chars(4096)], "cmi.launch_data": ["r"], "cmi.comments": ["rw", chars(4096)],
    "cmi.interactions._children": ["r"], "cmi.interactions._count": ["r"],
    "cmi.interactions.n.id": ["w", identifier], "cmi.interactions.n.time": ["w", time],
    "cmi.interactions.n.type": ["w", among(...types)], "cmi.interactions.n.weighting": ["w", number],
    "cmi.interactions.n.correct_responses.n.pattern": ["w"], "cmi.interactions.n.student_response": ["w"],
    "cmi.interactions.n.result": ["w", (text) => among("correct", "wrong", "unanticipated", "neutral")(text) || number(text)],
    "cmi.interactions.n.latency": ["w", span]
  };
  const first = {
    "cmi.core._children": "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time",
    "cmi.core.score._children": "raw,min,max", "cmi.core.student_id": "a-learner", "cmi.core.student_name": "Learner, A",
    "cmi.core.credit": "credit", "cmi.core.lesson_mode": "normal", "cmi.core.lesson_status": "not attempted",
    "cmi.core.entry": "ab-initio", "cmi.core.total_time": "0000:00:00",
    "cmi.interactions._children": "id,objectives,time,type,correct_responses,weighting,student_response,result,latency"
  };
  const kept = JSON.parse(sessionStorage.getItem("lms") || "null");
  const options = window.lmsOptions || {};
  const lms = (window.lms = { calls: [], faults: [], values: Object.assign({}, first, kept, options.values), state: "new", error: "0" });
  if (kept) lms.values["cmi.core.entry"] = "resume";

  function fault(what, code) {
    lms.faults.push(what);
    lms.error = code;
    return "false";
  }
  function keep() {
    sessionStorage.setItem("lms", JSON.stringify(lms.values));
    return "true";
  }
  function called(name, values, state) {
    lms.calls.push([name].concat(values));
    lms.error = "0";
    values.forEach((value) => typeof value === "string" || fault(name + ": an argument is no text", "201"));
    if (lms.state !== state) fault(name + " " + values + " while " + lms.state, "301");
    sessionStorage.setItem("ended", JSON.stringify({ calls: lms.calls, faults: lms.faults }));
    return lms.state === state;
  }
  function count() {
    return new Set(Object.keys(lms.values).map((name) => (name.match(/^cmi\.interactions\.(\d+)\./) || [])[1]).filter(Boolean)).size;
  }
  function rightType(element, value) {
    const place = element.split(".").slice(0, 3).join(".");
    if (!/(pattern|student_response)$/.test(element)) return true;
    const pattern = feedbacks[lms.values[place + ".type"]];
    return Boolean(pattern) && value.length <= 255 && pattern.test(value);
  }

  window.API = {
    LMSInitialize(text) {
      if (!called("LMSInitialize", [text], "new") || options.refuse) return "false";
      lms.state = "running";
      return "true";
    },
    LMSGetValue(element) {
      if (!called("LMSGetValue", [element], "running")) return "";
      const found = model[element.replace(/\.\d+(?=\.|$)/g, ".n")];
      if (!found || !found[0].includes("r")) return fault("cannot be read: " + element, found ? "404" : "201") && "";
      return element === "cmi.interactions._count" ? String(count()) : lms.values[element] || "";
    },
    LMSSetValue(element, value) {
      if (!called("LMSSetValue", [element, value], "running")) return "false";
      const found = model[element.replace(/\.\d+(?=\.|$)/g, ".n")];
      if (!found || !found[0].includes("w")) return fault("cannot be set: " + element, found ? "403" : "201");
      const place = element.match(/^cmi\.interactions\.(\d+)\.(\w+)/);
      if (place && (Number(place[1]) > count() || (Number(place[1]) === count() && place[2] !== "id"))) {
        return fault("out of order: " + element, "201");
      }
      if ((found[1] && !found[1](value)) || !rightType(element, value)) return fault("of the wrong type: " + element + " = " + value, "405");
      if (options.most !== undefined && element === "cmi.suspend_data" && value.length > options.most) return "false";
      lms.values[element] = value;
      return "true";
    },
    LMSCommit(text) {
      if (!called("LMSCommit", [text], "running")) return "false";
      return lms.broken ? "false" : keep();
    },
    LMSFinish(text) {
      if (!called("LMSFinish", [text], "running")) return "false";
      lms.state = "finished";
      return keep();
    },
    LMSGetLastError: () => lms.error,
    LMSGetErrorString: (code) => "Error " + code,
    LMSGetDiagnostic: () => lms.faults.join("\n")
  };
})();
