/** What operations of the AWS SDK take and give; a member that is left out is undefined. */
export type ApiValue = string | number | boolean | undefined | Date | ApiValue[] | ApiStructure;
export interface ApiStructure {
  readonly [member: string]: ApiValue;
}

export function isStructure(value: ApiValue): value is ApiStructure {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
}
