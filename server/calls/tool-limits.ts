/** What one call may take. */
export interface ToolLimits {
  /** Milliseconds until a call is answered with a tool error, whether or not its handler has ended. */
  readonly toolTimeout: number;
  /** Bytes of a result. */
  readonly resultBytes: number;
}
