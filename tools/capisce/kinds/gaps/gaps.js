// @ts-check
/** A word for each gap of a text. */
kinds["gaps"] = { response: pairsResponse, show: showPairs };
