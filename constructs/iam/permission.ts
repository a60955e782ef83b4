import type { PolicyStatement } from "../private/iam-policy";

/** What a role may do. */
export interface Permission {
  /** Letters and digits. Permissions of one sid become one statement, with the actions and resources of all. */
  readonly sid: string;
  /** For example `["dynamodb:GetItem"]`. */
  readonly actions: readonly string[];
  /** ARNs, as narrow as the actions allow. */
  readonly resources: readonly string[];
}

/** The name of a statement after what it allows. */
export function actionSid(actions: readonly string[]): string {
  return actions.map((action) => action.replace(/^.*:/, "").replace(/\W/g, "")).join("");
}

/** One statement for each sid, in the order in which the sids first appear. */
export function statementsOf(permissions: readonly Permission[]): PolicyStatement[] {
  const sids = [...new Set(permissions.map(({ sid }) => sid))];
  return sids.map((sid) => {
    const group = permissions.filter((permission) => permission.sid === sid);
    return {
      Sid: sid,
      Effect: "Allow",
      Action: [...new Set(group.flatMap(({ actions }) => actions))],
      Resource: [...new Set(group.flatMap(({ resources }) => resources))],
    };
  });
}
