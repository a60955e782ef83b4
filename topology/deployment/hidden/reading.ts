import { createHash } from "node:crypto";
import { isOfCloudControl } from "../../cloud-control";
import { hiddenValue, unanswered, unsupportedAttribute, unsupportedReference } from "../../errors";
import type { Instance, OutputInstance } from "../../modules/inventory";
import {
  evaluateSymbolically,
  isResource,
  isSymbolicList,
  isSymbolicObject,
  type Reference,
  referencesIn,
  referenceText,
  type Symbolic,
  Unknown,
  compile,
  typeOf,
} from "../../language";
import { readerOf } from "../../resources";
import { policyJson } from "../../data-sources/policy-json";
import { isNamedAfter, mentionedResources, oneReference } from "./mentioned";
import {
  assumedPolicy,
  holdsList,
  isDispensable,
  isInPolicyDocument,
  isName,
  type Meaning,
  meaningsOf,
} from "./meanings";
import type { KnownSystem } from "../known-system";
import type { Reading } from "../reading";
import { Identifiers } from "./identifiers";
import { readOutput } from "./outputs";

/** A text that a plan hides, and where it stands. */
interface Hidden {
  readonly user: Instance;
  readonly argument: string;
  readonly unknown: Unknown;
  /** Whether it is one of several in a list. */
  readonly isElement: boolean;
}

/** A resource that an argument names, and how. */
interface Named {
  readonly meaning: Meaning;
  readonly address: string;
}

const POLICY_DOCUMENT = "data.aws_iam_policy_document";
const NAME_DIGITS = 12;

/**
 * Reads the arguments of a plan, so that nothing in them is unknown but attributes of resources that are created before.
 * Where the plan hides a text and its argument admits one meaning only, that is taken and noted as an assumption.
 */
export class HiddenReading implements Reading {
  private readonly noted = new Set<string>();

  private readonly identifiers: Identifiers;

  constructor(private readonly system: KnownSystem) {
    const { inventory } = system;
    const isAfter = (instance: Instance, other: Instance): boolean =>
      inventory.dependents(other.blockAddress).has(instance.blockAddress);
    this.identifiers = new Identifiers(inventory.instances, (type) => readerOf(type)?.assigned ?? [], isAfter);
  }

  /** One sentence for each text that was taken for a hidden one. */
  get assumptions(): readonly string[] {
    return [...this.noted];
  }

  /**
   * @param argument - such as `authorizer_configuration.custom_jwt_authorizer.allowed_clients`
   * @returns undefined where the argument counts as left out
   * @throws TopologyError where nothing sensible can be taken for a hidden text.
   */
  read(user: Instance, argument: string, shown: Symbolic): Symbolic | undefined {
    if (typeof shown === "string") return this.identifiers.follow(shown, user);
    if (shown instanceof Unknown) return this.readUnknown({ user, argument, unknown: shown, isElement: false });
    if (isSymbolicList(shown)) return shown.flatMap((item) => this.readElement(user, argument, item) ?? []);
    if (!isSymbolicObject(shown)) return shown;
    const members = Object.entries(shown).map(
      ([name, value]) => [name, this.read(user, `${argument}.${name}`, value)] as const,
    );
    return Object.fromEntries(members.filter((entry): entry is [string, Symbolic] => entry[1] !== undefined));
  }

  readOutput(output: OutputInstance): Symbolic | undefined {
    const { value, assumption } = readOutput(output, this.system, this.identifiers);
    if (assumption !== undefined) this.noted.add(assumption);
    return value;
  }

  private readElement(user: Instance, argument: string, item: Symbolic): Symbolic | undefined {
    return item instanceof Unknown
      ? this.readUnknown({ user, argument, unknown: item, isElement: true })
      : this.read(user, argument, item);
  }

  private readUnknown(hidden: Hidden): Symbolic | undefined {
    const { user, argument, unknown } = hidden;
    const { parts, references } = unknown;
    const isExact = parts !== undefined && references.every(({ address }) => this.isKnownKind(address));
    if (isName(argument) && !isExact) return this.madeUpName(hidden);
    const isShown = parts !== undefined || (unknown.again !== undefined && references.length > 0);
    if (isShown && references.every((reference) => this.isFollowed(user, reference))) return unknown;
    if (isOfCloudControl(user.address) && argument.includes(".")) {
      throw hiddenValue(user.address, argument, "the provider awscc hides what is not written, too");
    }
    const policy = assumedPolicy(argument);
    if (policy !== undefined) return this.documentOf(unknown) ?? this.assume(hidden, policy.text, policy.called);
    const given = givenByVariable(unknown);
    if (given !== undefined) return this.assume(hidden, given, describeSources(unknown));
    const meanings = meaningsOf(argument);
    const one = meanings.every(({ form }) => form === undefined) ? oneReference(unknown) : undefined;
    if (one !== undefined && this.isFollowed(user, one)) return this.followed(hidden, one, meanings.length > 0);
    return meanings.length > 0 ? this.readBy(meanings, hidden) : this.readFreely(hidden);
  }

  /** An argument that may hold any text. */
  private readFreely(hidden: Hidden): Symbolic | undefined {
    const { argument } = hidden;
    this.refuseUnsupported(hidden);
    if (isInPolicyDocument(argument)) return this.readArns(hidden);
    if (isDispensable(argument)) return void this.note(hidden, "left out");
    throw anyText(hidden);
  }

  /** Whether a reference leads to what a deployment knows. */
  private isFollowed(user: Instance, reference: Reference): boolean {
    const type = this.system.typeOf(reference.address);
    if (type === undefined || reference.attribute === "") return false;
    if (!this.system.isSupported(type)) {
      throw unsupportedReference(user.address, reference.address, type, reference.attribute);
    }
    if (this.system.isKnown(reference)) return true;
    throw type.startsWith("data.")
      ? unanswered(user.address, reference.address, reference.attribute)
      : unsupportedAttribute(user.address, referenceText(reference));
  }

  private isKnownKind(address: string): boolean {
    const type = this.system.typeOf(address);
    return type === undefined || this.system.isSupported(type);
  }

  /** Where the argument does not tell that it is a reference alone, the reference may as well be a part of its text. */
  private followed(hidden: Hidden, reference: Reference, namesResource: boolean): Symbolic {
    if (!namesResource && !isNamedAfter(reference, hidden.argument)) {
      this.note(hidden, `taken as ${referenceText(reference)}`);
    }
    return Unknown.of(reference);
  }

  /** An argument that names a resource: the one that is mentioned, or all of them in a list. */
  private readBy(meanings: readonly Meaning[], hidden: Hidden): Symbolic {
    const { unknown, isElement, argument, user } = hidden;
    const named = this.namedBy(unknown, meanings);
    const [only, ...more] = named;
    if (more.length > 0 && holdsList(argument) && !isElement) {
      return this.assume(
        hidden,
        named.flatMap((each) => this.valueOf(each, hidden)),
        listed(named.map(describeNamed), "and"),
      );
    }
    if (more.length > 0) {
      throw hiddenValue(
        user.address,
        argument,
        `it can name ${listed(
          named.map(({ address }) => address),
          "or",
        )}`,
      );
    }
    this.refuseUnsupported(hidden);
    const others = mentionedResources(unknown).filter((address) => address !== only?.address);
    if (others.length > 0) {
      throw hiddenValue(
        user.address,
        argument,
        `it is made of ${listed([...named.map(({ address }) => address), ...others], "and")}`,
      );
    }
    return only === undefined
      ? this.readCandidate(meanings, hidden)
      : this.assume(hidden, this.valueOf(only, hidden), describeNamed(only));
  }

  /**
   * A text of which not even the resource is shown: the only one of the plan that it can name, or the only user pool
   * whose client stands beside it.
   */
  private readCandidate(meanings: readonly Meaning[], hidden: Hidden): Symbolic {
    const { user, argument, unknown } = hidden;
    const kinds = listed(
      meanings.map(({ type }) => type),
      "or",
    );
    const candidates = meanings.flatMap((meaning) =>
      this.system.ofType(meaning.type).map(({ address }) => ({ meaning, address })),
    );
    const [only, ...more] = candidates;
    if (only !== undefined && more.length === 0) {
      return this.assume(hidden, this.valueOf(only, hidden), `${describeNamed(only)}, the only ${kinds} of the plan`);
    }
    const pools = this.poolsOfClients(user);
    const [near, ...others] = candidates.filter(({ address }) => pools.has(address));
    if (near !== undefined && others.length === 0) {
      return this.assume(hidden, this.valueOf(near, hidden), `${describeNamed(near)}, whose client stands beside it`);
    }
    const reason =
      only === undefined
        ? `the plan has no ${kinds}`
        : `it can name any of ${candidates.length} resources of the kind ${kinds}`;
    throw hiddenValue(user.address, argument, `${reason}${describeMentioned(unknown)}`);
  }

  /** The addresses of the user pools whose clients an instance refers to. */
  private poolsOfClients({ arguments: { values } }: Instance): ReadonlySet<string> {
    const named = new Set(referencesIn(values).map(({ address }) => address));
    const clients = this.system.ofType("aws_cognito_user_pool_client").filter(({ address }) => named.has(address));
    const pools = clients.map(
      (client) => this.read(client, "user_pool_id", client.arguments.values["user_pool_id"] ?? null) ?? null,
    );
    return new Set(pools.flatMap(referencesIn).map(({ address }) => address));
  }

  private namedBy({ references, mentioned }: Unknown, meanings: readonly Meaning[]): Named[] {
    const addresses = [...new Set([...references, ...mentioned].map(({ address }) => address))];
    return addresses.flatMap((address) => {
      const type = this.system.instance(address)?.type;
      return meanings.flatMap((meaning) => (meaning.type === type ? [{ meaning, address }] : []));
    });
  }

  private valueOf({ meaning: { attribute, form }, address }: Named, { user, argument }: Hidden): Symbolic {
    const value = this.system.attribute(address, attribute);
    const text =
      form === undefined
        ? value
        : evaluateSymbolically(
            compile(form),
            { resolve: () => null, bound: { value, region: this.system.region } },
            (error) => error,
          );
    return text instanceof Unknown ? text : (this.read(user, argument, text) ?? null);
  }

  /** The document of a data source, whose statements the plan shows, with what is unknown in them read by itself. */
  private documentOf({ mentioned }: Unknown): Symbolic | undefined {
    const [only, ...others] = mentioned;
    const document = only === undefined || others.length > 0 ? undefined : this.system.instance(only.address);
    if (document?.type !== POLICY_DOCUMENT) return undefined;
    const { values } = document.arguments;
    const shown = Object.keys(values).filter((name) => document.arguments.value(name) !== undefined);
    if (shown.some((name) => document.arguments.isOpen(name))) return undefined;
    return policyJson(
      document.address,
      Object.fromEntries(shown.map((name) => [name, this.read(document, name, values[name] ?? null) ?? null])),
    );
  }

  /** Which of them is which element does not matter, as long as each is among them. */
  private readArns(hidden: Hidden): Symbolic {
    const { user, unknown } = hidden;
    const arns = unknown.references
      .map((reference) => (reference.attribute === "" ? this.ownArn(reference) : reference))
      .filter((reference) => /arn$/.test(reference.attribute) && this.isFollowed(user, reference));
    if (arns.length === 0) throw anyText(hidden);
    return this.assume(
      hidden,
      arns.map((reference) => Unknown.of(reference)),
      listed(arns.map(referenceText), "and"),
    );
  }

  /** Of a resource as a whole, as where several are gone through, the ARN is meant. */
  private ownArn({ address }: Reference): Reference {
    const assigned = readerOf(this.system.instance(address)?.type ?? "")?.assigned ?? [];
    return { address, attribute: assigned.find((name) => /(^|_)arn$/.test(name)) ?? "" };
  }

  private madeUpName(hidden: Hidden): string {
    const { user, argument } = hidden;
    // A letter and lower-case hexadecimal digits, which every service takes in its names.
    const name = `n${createHash("sha256").update(`${user.address}.${argument}`).digest("hex").slice(0, NAME_DIGITS)}`;
    return this.assume(hidden, name, name);
  }

  /** Data sources of other kinds may have given what is known. */
  private refuseUnsupported({ user, unknown }: Hidden): void {
    const addresses = [
      ...mentionedResources(unknown),
      ...unknown.references.map(({ address }) => address).filter((address) => !isResource(address)),
    ];
    const unsupported = addresses.find((address) => !this.isKnownKind(address));
    if (unsupported !== undefined) {
      throw unsupportedReference(
        user.address,
        unsupported,
        (typeOf(unsupported) ?? unsupported).replace(/^data\./, ""),
      );
    }
  }

  private assume<T extends Symbolic>(hidden: Hidden, value: T, called: string): T {
    this.note(hidden, `taken as ${called}`);
    return value;
  }

  private note({ user, argument }: Hidden, meaning: string): void {
    this.noted.add(`The plan hides the text of ${user.address} ${argument}; ${meaning}.`);
  }
}

/** What the only variable holds that the expression names. */
function givenByVariable({ again, references }: Unknown): Symbolic | undefined {
  return references.length === 0 ? again?.((value) => value) : undefined;
}

function describeSources({ mentioned }: Unknown): string {
  return listed(mentioned.map(referenceText), "and");
}

function anyText({ user, argument, unknown }: Hidden): Error {
  return hiddenValue(user.address, argument, `it can be any text${describeMentioned(unknown)}`);
}

function describeNamed({ meaning: { attribute, called }, address }: Named): string {
  return called === undefined ? referenceText({ address, attribute }) : `${called} ${address}`;
}

function describeMentioned({ mentioned }: Unknown): string {
  return mentioned.length === 0
    ? ", of which nothing is shown"
    : `, made of ${listed(mentioned.map(referenceText), "and")}`;
}

function listed(texts: readonly string[], conjunction: "and" | "or"): string {
  const last = texts.at(-1) ?? "";
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
