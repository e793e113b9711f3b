// @ts-check
/** A heading for each item, in a table of radios. */
kinds["sorting"] = { response: pairsResponse, show: showPairs };
