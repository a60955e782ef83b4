/** Of what nests in a document: deeper than any request of a person, and shallow enough for the stack. */
export const MOST_LEVELS = 100;

/** Of the schemas of a document: those that repeat each other can stand for more than memory holds. */
export const MOST_SCHEMAS = 20_000;
