/** The service answers at once and settles afterwards; nothing is left to do here. */
export function becomeReady(resource: { status: string }): void {
  setImmediate(() => {
    resource.status = "READY";
  });
}
