// provider/agentcore/: AgentCore's resources by its control API, with the calls and waits of the AWS provider.
import { standInAccount } from "../resources/account";
import { text } from "../resources/facts";
import type { ProviderSchema } from "../schema/provider-schema";
import type { Block } from "../schema/model";
import { StandInProvider } from "../stand-in/stand-in-provider";
import { type ApprovedChange, type CurrentState, type ImportedResource, wireError } from "../wire/service";
import {
  decodeBlock,
  decodeValue,
  encodeValue,
  isList,
  isObject,
  isUnknown,
  type ObjectValue,
  type Value,
} from "../wire/value";
import type { ApiStructure } from "./api-value";
import { identityOf, type Kind, KINDS, renamed, withoutDefaults } from "./kinds";
import type { ServiceApi, ServiceName } from "./service-api";
import { fromApi, toApi } from "./shapes";

/** Data sources that take nothing but the account's region, which the AWS provider before 6.0 answers in another form. */
const DATA_SOURCES = ["aws_region"];

/** The AWS provider's AgentCore resources, as far as the control API that it is given offers them. */
export class AgentCoreProvider extends StandInProvider {
  constructor(
    private readonly apis: Readonly<Record<ServiceName, ServiceApi>>,
    { resources, dataSources }: ProviderSchema,
    region: string,
  ) {
    super(
      {
        provider: { attributes: [], blocks: [] },
        resources: new Map([...resources].filter(([type]) => type in KINDS)),
        dataSources: new Map([...dataSources].filter(([type]) => DATA_SOURCES.includes(type))),
      },
      { ...standInAccount, region },
    );
  }

  public override async read({ type_name: type, current_state: current }: CurrentState): Promise<object> {
    const state = decodeBlock(current);
    const read = await this.refreshed(type, state);
    return { new_state: encodeValue(read ?? null) };
  }

  public importState({ type_name: type, id }: ImportedResource): object {
    const names = Object.keys(kindOf(type).identity);
    const given = id.split(",");
    const empty = fromApi(this.blockOf(type), {});
    const region = { region: this.account.region };
    const state = {
      ...empty,
      ...region,
      ...Object.fromEntries(names.map((name, index) => [name, given[index] ?? ""])),
    };
    return { imported_resources: [{ type_name: type, state: encodeValue(state) }] };
  }

  public override async apply(change: ApprovedChange): Promise<object> {
    const { type_name: type, prior_state: prior, planned_state: planned } = change;
    const kind = kindOf(type);
    const [before, after] = [decodeValue(prior), decodeValue(planned)];
    const verb = !isObject(after) ? "deleting" : isObject(before) ? "updating" : "creating";
    let reached: Value = before;
    const reach = (state: Value) => (reached = state);
    try {
      if (!isObject(after)) await this.delete(kind, before as ObjectValue);
      else if (isObject(before)) await this.update(type, before, after, decodeBlock(change.config));
      else reached = await this.create(type, after, decodeBlock(change.config), reach);
      if (isObject(after)) reached = await this.filledIn(type, after, reached as ObjectValue);
      return { new_state: encodeValue(isObject(after) ? reached : null) };
    } catch (error) {
      const summary = `${verb} ${this.apiOf(kind).name} ${kind.title}`;
      const detail = error instanceof Error ? error.message : String(error);
      return { new_state: encodeValue(reached), diagnostics: [wireError({ path: [], summary, detail })] };
    }
  }

  /** @param reach is told what is there already, whatever becomes of it */
  private async create(
    type: string,
    planned: ObjectValue,
    config: ObjectValue,
    reach: (state: ObjectValue) => void,
  ): Promise<ObjectValue> {
    const kind = kindOf(type);
    const tags =
      isObject(planned["tags_all"]) && Object.keys(planned["tags_all"]).length > 0 ? planned["tags_all"] : undefined;
    const answer = await this.apiOf(kind).create(kind.create, {
      ...this.request(type, config),
      ...(tags && { tags: tags as ApiStructure }),
    });
    const state = {
      ...known(planned),
      ...identityFrom(kind, this.blockOf(type), { ...this.request(type, config), ...answer }),
    };
    reach(state);
    await this.settled(kind, state, "CREATING");
    return state;
  }

  private async update(type: string, before: ObjectValue, after: ObjectValue, config: ObjectValue): Promise<void> {
    const kind = kindOf(type);
    const { toUpdate = (request: ApiStructure) => request } = kind;
    await this.apiOf(kind).call(kind.update, { ...toUpdate(this.request(type, config)), ...identityOf(kind, before) });
    await this.settled(kind, before, "UPDATING");
    await this.updateTags(kind, before, after);
  }

  private async updateTags(kind: Kind, before: ObjectValue, after: ObjectValue): Promise<void> {
    const [old, wanted] = [before["tags_all"], after["tags_all"]].map((tags) => (isObject(tags) ? tags : {}));
    if (kind.arn === undefined || !old || !wanted) return;
    const resourceArn = text(before, kind.arn);
    const tagKeys = Object.keys(old).filter((key) => !(key in wanted));
    const tags = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => old[key] !== value));
    if (tagKeys.length > 0) await this.apiOf(kind).call("untagResource", { resourceArn, tagKeys });
    if (Object.keys(tags).length > 0) {
      await this.apiOf(kind).call("tagResource", { resourceArn, tags: tags as ApiStructure });
    }
  }

  private async delete(kind: Kind, before: ObjectValue): Promise<void> {
    const identity = identityOf(kind, before);
    if ((await this.apiOf(kind).find(kind.delete, identity)) === undefined) return;
    if (kind.settlesAs !== undefined) await this.apiOf(kind).gone(kind.read, identity);
  }

  private async settled(kind: Kind, state: ObjectValue, pending: string): Promise<void> {
    const { read, settlesAs } = kind;
    if (settlesAs !== undefined) await this.apiOf(kind).settled(read, identityOf(kind, state), pending, settlesAs);
  }

  /** What was planned, with what the service alone could know. */
  private async filledIn(type: string, planned: ObjectValue, state: ObjectValue): Promise<ObjectValue> {
    const read = await this.refreshed(type, state);
    if (!read) throw new Error("couldn't find resource");
    return Object.fromEntries(
      Object.entries(planned).map(([name, value]) => [name, filled(value, read[name] ?? null)]),
    );
  }

  /** @returns undefined where it is gone */
  private async refreshed(type: string, state: ObjectValue): Promise<ObjectValue | undefined> {
    const kind = kindOf(type);
    const block = this.blockOf(type);
    const answer = await this.apiOf(kind).find(kind.read, identityOf(kind, state));
    if (!answer || (kind.present !== undefined && answer[kind.present] === undefined)) return undefined;
    const read = fromApi(block, renamed(kind, answer), kind.translations);
    const tags = await this.tagsOf(kind, block, read);
    const merged = keepUntold(block, { ...read, ...identityFrom(kind, block, state), ...tags }, state);
    // What is imported is not known to be unset.
    const isImported = block.attributes.some(({ name, required }) => required && (state[name] ?? null) === null);
    return isImported ? merged : withoutDefaults(merged, state, kind.unlessConfigured ?? []);
  }

  private async tagsOf(kind: Kind, block: Block, read: ObjectValue): Promise<ObjectValue> {
    const { arn } = kind;
    if (arn === undefined || !block.attributes.some(({ name }) => name === "tags")) return {};
    const { tags } = await this.apiOf(kind).call("listTagsForResource", { resourceArn: text(read, arn) });
    const all = { ...(tags as Readonly<Record<string, string>>) };
    return { tags: Object.keys(all).length > 0 ? all : null, tags_all: all };
  }

  private apiOf({ service = "agentcore" }: Kind): ServiceApi {
    return this.apis[service];
  }

  private request(type: string, config: ObjectValue): ApiStructure {
    const { oauth2ProviderConfig, ...request } = toApi(this.blockOf(type), config, kindOf(type).translations);
    return { ...request, ...(oauth2ProviderConfig && { oauth2ProviderConfigInput: oauth2ProviderConfig }) };
  }
}

function kindOf(type: string): Kind {
  const kind = KINDS[type];
  if (!kind) throw new Error(`The provider has no ${type}.`);
  return kind;
}

/** The attributes that name a resource, from an answer or from a state. */
function identityFrom(kind: Kind, block: Block, source: ApiStructure | ObjectValue): ObjectValue {
  const all = fromApi(
    { attributes: block.attributes.filter(({ name }) => name in kind.identity), blocks: [] },
    source as ApiStructure,
  );
  const names = Object.keys(kind.identity);
  return Object.fromEntries(names.map((name) => [name, (source as ObjectValue)[name] ?? all[name] ?? null]));
}

/** What is known before the service has told the rest. */
function known(planned: ObjectValue): ObjectValue {
  return Object.fromEntries(Object.entries(planned).map(([name, value]) => [name, isUnknown(value) ? null : value]));
}

function filled(planned: Value, read: Value): Value {
  if (isUnknown(planned)) return read;
  if (isList(planned)) {
    const answers = isList(read) ? read : [];
    return planned.map((element, index) => filled(element, answers[index] ?? null));
  }
  if (!isObject(planned)) return planned;
  const answers = isObject(read) ? read : {};
  return Object.fromEntries(
    Object.entries(planned).map(([name, value]) => [name, filled(value, answers[name] ?? null)]),
  );
}

/** Secrets, their versions, regions, how a policy was checked, and the endpoints of a vendor: no answer holds them. */
const UNTOLD =
  /^(region|api_key|client_secret|validation_mode|issuer|authorization_endpoint|token_endpoint)$|_wo_version$/;

/** What no answer holds, and timeouts, stay as they are known. */
function keepUntold(block: Block, read: ObjectValue, state: ObjectValue): ObjectValue {
  const attributes = block.attributes
    .filter(({ name }) => UNTOLD.test(name))
    .map(({ name }) => [name, read[name] ?? state[name] ?? null] as const);
  const blocks = block.blocks.map(({ name, nesting, block: nested }) => {
    const [after, before] = [read[name] ?? null, state[name] ?? null];
    if (nesting === "SINGLE") return [name, before] as const;
    if (!isList(after)) return [name, after] as const;
    const earlier = isList(before) ? before : [];
    return [name, after.map((element, index) => keptIn(nested, element, earlier[index] ?? null))] as const;
  });
  // A client id that was given write-only is not to be read back.
  const unread: ObjectValue = (state["client_credentials_wo_version"] ?? null) === null ? {} : { client_id: null };
  return { ...read, ...Object.fromEntries([...attributes, ...blocks]), ...unread };
}

function keptIn(block: Block, element: Value, earlier: Value): Value {
  return isObject(element) ? keepUntold(block, element, isObject(earlier) ? earlier : {}) : element;
}
