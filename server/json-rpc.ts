/** JSON-RPC 2.0's error codes. The SDK has them too, but loading it takes as long as all the rest of a start. */
export const PARSE_ERROR = -32700;
export const INVALID_REQUEST = -32600;
export const METHOD_NOT_FOUND = -32601;
export const INVALID_PARAMS = -32602;
export const INTERNAL_ERROR = -32603;
