import type { JournalEntry } from "./journal";

/** What sets all that it names, so that the same with other values later leaves nothing of it. */
const REPLACING = /^(Update|Put|Set)/;
/** These leave a version, or an image without its tag, or change what they name alone. */
const ADDING =
  /^(UpdateAgentRuntime|UpdateFunction\w+|UpdateSecret|PutSecretValue|PutImage|Update(RestApi|Deployment|Stage))$/;
const DELETING = /^(Delete|Detach)/;
/** What AgentCore judges by roles, pools and servers as they are at that moment. */
const JUDGED = /^(Create|Update|Synchronize)/;
/** Members that name what a call is about, but for the account's own registry. */
const NAMING = /(?<!registry)(id|identifier|name|arn|domain)$|^key$/i;
/** Those that name the owner of what a call is about, where another member names that. */
const OWNERS = [
  "userpoolid",
  "gatewayidentifier",
  "policyengineid",
  "agentruntimeid",
  "rolename",
  "bucketname",
  "restapiid",
];

type Name = readonly [member: string, value: string];

/**
 * The calls without those that left nothing: of something that was deleted, and of settings that were set again. A call
 * stays where one in between that stays might have come out otherwise without it.
 */
export function compacted(calls: readonly JournalEntry[]): readonly JournalEntry[] {
  for (let left = calls; ;) {
    const superfluous = firstReplaced(left) ?? firstDeleted(left);
    if (!superfluous) return left;
    left = left.filter((call) => !superfluous.includes(call));
  }
}

function firstReplaced(calls: readonly JournalEntry[]): readonly JournalEntry[] | undefined {
  const latest = new Map<string, number>();
  for (const [index, call] of calls.entries()) {
    const { operation, service } = call;
    if (!REPLACING.test(operation) || ADDING.test(operation)) continue;
    const settings = JSON.stringify([service, operation, Object.keys(inputOf(call)).sort(), namesOf(call)]);
    const before = latest.get(settings);
    latest.set(settings, index);
    const earlier = before === undefined ? undefined : calls[before];
    if (before === undefined || !earlier) continue;
    if (!calls.slice(before + 1, index).some((other) => mayRestOn(other, earlier))) return [earlier];
  }
  return undefined;
}

/** All calls about something, from its creation to its deletion. */
function firstDeleted(calls: readonly JournalEntry[]): readonly JournalEntry[] | undefined {
  for (const [index, deletion] of calls.entries()) {
    if (!DELETING.test(deletion.operation) || isRecoverable(deletion)) continue;
    const earlier = calls.slice(0, index);
    const first = earlier.findIndex((call) => isAbout(call, deletion));
    if (first < 0 || !isCreation(earlier[first], deletion)) continue;
    const [life, others] = [true, false].map((about) =>
      earlier.slice(first).filter((call) => isAbout(call, deletion) === about),
    );
    if (life && !others?.some((other) => mayRestOn(other, deletion))) return [...life, deletion];
  }
  return undefined;
}

/** A deleted secret keeps its name until the days of its recovery are over. */
function isRecoverable(deletion: JournalEntry): boolean {
  return deletion.operation === "DeleteSecret" && inputOf(deletion)["ForceDeleteWithoutRecovery"] !== true;
}

/** Calls about what belongs to it are about it, too. */
function isAbout(call: JournalEntry, deletion: JournalEntry): boolean {
  if (call.service !== deletion.service) return false;
  const names = namesOf(call);
  return namesOf(deletion).every(
    ([member, value]) =>
      call.made?.includes(value) ||
      names.some(([each, named]) => each === member && named === value && isOneKind(call, deletion, member)),
  );
}

/** Several kinds have a member that is just called name. */
function isOneKind({ operation }: JournalEntry, deletion: JournalEntry, member: string): boolean {
  return member !== "name" || operation.includes(kindOf(deletion));
}

function isCreation(call: JournalEntry | undefined, deletion: JournalEntry): boolean {
  return ["Create", "Put", "Attach"].some((verb) => call?.operation === `${verb}${kindOf(deletion)}`);
}

function kindOf({ operation }: JournalEntry): string {
  return operation.replace(DELETING, "");
}

/** Whether a call might come out otherwise without the other: it names what that is about, or is judged by it. */
function mayRestOn(call: JournalEntry, other: JournalEntry): boolean {
  const isJudged = call.service === "bedrock-agentcore" && JUDGED.test(call.operation);
  if (isJudged && other.service !== call.service) return true;
  const text = JSON.stringify(call.input);
  const names = namesOf(other);
  const specific = names.filter(([member]) => !OWNERS.includes(member));
  return (specific.length > 0 ? specific : names).some(([, name]) => text.includes(name));
}

function namesOf(call: JournalEntry): readonly Name[] {
  return Object.entries(inputOf(call)).flatMap(([member, value]) =>
    typeof value === "string" && value !== "" && NAMING.test(member) ? [[member.toLowerCase(), value] as const] : [],
  );
}

function inputOf({ input }: JournalEntry): Readonly<Record<string, unknown>> {
  return typeof input === "object" && input !== null ? (input as Readonly<Record<string, unknown>>) : {};
}
