// provider/stand-in/: the AWS provider with an account that takes everything.
import { text } from "../resources/facts";
import { factsOf } from "../resources/facts-by-type";
import type { Block } from "../schema/model";
import { type ProviderSchema, providerSchema } from "../schema/provider-schema";
import { missingAttributes } from "../validation/required-attributes";
import {
  type ApprovedChange,
  type CurrentState,
  type Provider,
  type ProposedChange,
  type StoredState,
  type TypedConfig,
  wireError,
  wirePath,
} from "../wire/service";
import {
  decodeBlock,
  decodeValue,
  encodeValue,
  isList,
  isObject,
  isWhollyKnown,
  type ObjectValue,
  type Value,
} from "../wire/value";
import { type Account, standInAccount } from "../resources/account";
import { applyChange } from "./apply";
import { readDataSource } from "./data-sources";
import { planChange } from "../planning/plan";

/** Read once in a process: that takes as long as a start of terraform. */
let installed: ProviderSchema | undefined;

/**
 * Stands in for the AWS provider: its schema, what it checks and plans, and a service that accepts every change at once.
 * Nothing is remembered here; terraform's state is the account.
 */
export class StandInProvider implements Provider {
  protected account: Account;

  constructor(
    readonly schema: ProviderSchema = (installed ??= providerSchema()),
    private readonly unconfigured: Account = standInAccount,
  ) {
    this.account = unconfigured;
  }

  public validateProvider(): object {
    return { diagnostics: [] };
  }

  public configure({ config }: Pick<TypedConfig, "config">): object {
    const { region, default_tags: defaultTags } = decodeBlock(config);
    this.account = {
      ...this.unconfigured,
      ...(typeof region === "string" && { region }),
      defaultTags: isList(defaultTags) ? tagsOf(defaultTags[0] ?? null) : {},
    };
    return { diagnostics: [] };
  }

  public validateResource({ type_name: type, config }: TypedConfig): object {
    const block = decodeBlock(config);
    const invalid = (factsOf(type).validate ?? []).flatMap((rule) => rule(block));
    return { diagnostics: [...missingAttributes(this.blockOf(type), block), ...invalid].map(wireError) };
  }

  public validateDataSource(): object {
    return { diagnostics: [] };
  }

  // The provider's schema has one version only, so what terraform has stored is what it gets back.
  public upgradeState({ raw_state: { json } }: StoredState): object {
    return { upgraded_state: { json } };
  }

  public read({ current_state: state }: CurrentState): object | Promise<object> {
    return { new_state: state };
  }

  public plan({ type_name: type, prior_state: prior, proposed_new_state: proposed }: ProposedChange): object {
    const wanted = decodeValue(proposed);
    if (!isObject(wanted)) return { planned_state: proposed };
    const { planned, requiresReplace } = planChange(
      type,
      this.blockOf(type),
      blockOrNull(decodeValue(prior)),
      wanted,
      this.account,
    );
    return { planned_state: encodeValue(planned), requires_replace: requiresReplace.map(wirePath) };
  }

  public apply(change: ApprovedChange): object | Promise<object> {
    const { type_name: type, prior_state: prior, planned_state: planned, config } = change;
    const approved = decodeValue(planned);
    if (!isObject(approved)) return { new_state: planned };
    const refusals = (factsOf(type).create ?? []).flatMap((rule) => rule(decodeBlock(config)));
    if (refusals.length > 0) return { new_state: prior, diagnostics: refusals.map(serviceRefusal).map(wireError) };
    const before = blockOrNull(decodeValue(prior));
    return { new_state: encodeValue(applyChange(type, this.blockOf(type), before, approved, this.account)) };
  }

  public readDataSource({ type_name: type, config }: TypedConfig): object {
    const block = decodeBlock(config);
    if (!isWhollyKnown(block)) throw new Error(`Terraform read ${type} before its configuration was known.`);
    const answer = readDataSource(type, block, this.account);
    if ("refused" in answer) return { state: config, diagnostics: [wireError(answer.refused)] };
    return { state: encodeValue(answer.state) };
  }

  protected blockOf(type: string): Block {
    const block = this.schema.resources.get(type);
    if (!block) throw new Error(`The provider has no schema for ${type}.`);
    return block;
  }
}

function blockOrNull(value: Value): ObjectValue | null {
  return isObject(value) ? value : null;
}

function tagsOf(defaultTags: Value): Readonly<Record<string, string>> {
  const tags = isObject(defaultTags) && isObject(defaultTags.tags) ? defaultTags.tags : {};
  return Object.fromEntries(Object.keys(tags).map((key) => [key, text(tags, key)]));
}

function serviceRefusal({ path, detail }: { readonly path: readonly (string | number)[]; readonly detail: string }) {
  return { path, summary: "ValidationException", detail };
}
