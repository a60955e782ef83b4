/** OpenAPI 3.1, "Path Templating". */
export const PATH_PARAMETER = /\{([^}]*)\}/g;

/** The names that a path has in braces. */
export function pathParameters(path: string): string[] {
  return Array.from(path.matchAll(PATH_PARAMETER), ([, name = ""]) => name);
}
