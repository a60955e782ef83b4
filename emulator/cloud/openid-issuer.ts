import { compactVerify, createLocalJWKSet, errors, type JWTPayload } from "jose";
import { z } from "zod";

import type { Trace } from "../trace/hop-record";
import type { Environment } from "./environment";
import { LoopbackError } from "./network/loopback";
import { UnknownHostError } from "./network/network";

/** The issuer's discovery document or its keys cannot be had. */
export class DiscoveryError extends Error {
  override readonly name = "DiscoveryError";
}

const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: z.string() });
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

type DiscoveryDocument = z.infer<typeof discoveryDocument>;
type KeySet = ReturnType<typeof createLocalJWKSet>;

/** Those that verify by a public key; AWS documents none. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

/** How many tokens are remembered as genuine; callers repeat one token for as long as it is good. */
const REMEMBERED_TOKENS = 1_000;

/**
 * The issuer behind a discovery URL. Its document is fetched once, its keys at first and whenever a token names a key
 * that is not among them, which is how a rotation is noticed.
 */
export class OpenIdIssuer {
  private discovered?: Promise<DiscoveryDocument>;
  private keys?: Promise<KeySet>;
  private fetchedName?: string;
  /** The claims of tokens whose signatures the present keys have verified; replaced together with them. */
  private genuine = new Map<string, JWTPayload>();
  private latest?: { readonly token: string; readonly claims: JWTPayload };

  constructor(
    private readonly environment: Environment,
    readonly discoveryUrl: string,
  ) {}

  /** The issuer's name, the one that its tokens have to carry; undefined until it is fetched. */
  get name(): string | undefined {
    return this.fetchedName;
  }

  /** @throws DiscoveryError */
  async fetchName(trace: Trace): Promise<string> {
    const { issuer } = await this.discover(trace);
    this.fetchedName = issuer;
    return issuer;
  }

  /** The claims of a token that was verified before. */
  verified(token: string): JWTPayload | undefined {
    // To compare a long text is much faster than to look it up.
    if (this.latest?.token !== token) {
      const claims = this.genuine.get(token);
      this.latest = claims && { token, claims };
    }
    return this.latest?.claims;
  }

  /** The signature alone, without regard to time or claims. @throws DiscoveryError, errors.JOSEError */
  async verifySignature(token: string, claims: JWTPayload, trace: Trace): Promise<void> {
    let { genuine } = this;
    const keys = await this.currentKeys(trace);
    try {
      await verify(token, keys);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      const newKeys = await this.refetchKeys(keys, trace);
      ({ genuine } = this);
      await verify(token, newKeys);
    }
    if (genuine.size >= REMEMBERED_TOKENS) genuine.clear();
    genuine.set(token, claims);
  }

  private discover(trace: Trace): Promise<DiscoveryDocument> {
    this.discovered ??= this.fetchDocument(trace).catch((error: unknown) => {
      this.discovered = undefined;
      throw error;
    });
    return this.discovered;
  }

  private currentKeys(trace: Trace): Promise<KeySet> {
    this.keys ??= this.fetchKeys(trace).catch((error: unknown) => {
      this.keys = undefined;
      throw error;
    });
    return this.keys;
  }

  /** Calls that stumble over the same old keys share one request. */
  private async refetchKeys(old: KeySet, trace: Trace): Promise<KeySet> {
    if ((await this.currentKeys(trace)) === old) {
      this.keys = undefined;
      this.genuine = new Map();
      this.latest = undefined;
    }
    return this.currentKeys(trace);
  }

  private async fetchDocument(trace: Trace): Promise<DiscoveryDocument> {
    return parse(discoveryDocument, this.discoveryUrl, await this.fetchJson(this.discoveryUrl, trace));
  }

  private async fetchKeys(trace: Trace): Promise<KeySet> {
    const { jwks_uri: jwksUri } = await this.discover(trace);
    return createLocalJWKSet(parse(keySet, jwksUri, await this.fetchJson(jwksUri, trace)));
  }

  private async fetchJson(url: string, trace: Trace): Promise<unknown> {
    try {
      const { network, limits } = this.environment;
      const response = await network.fetch(
        url,
        { trace },
        { milliseconds: limits.authorizationServer, bytes: limits.authorizationServerAnswer },
      );
      if (!response.ok) {
        response.discard();
        throw new DiscoveryError(`${url} answered ${response.status}`);
      }
      return await response.json();
    } catch (error) {
      if (error instanceof SyntaxError) throw new DiscoveryError(`${url} did not answer with JSON`);
      if (error instanceof UnknownHostError || error instanceof LoopbackError) throw new DiscoveryError(error.message);
      throw error;
    }
  }
}

/** @throws DiscoveryError for a key that is of no use, such as a short one; errors.JOSEError for a token that is none */
async function verify(token: string, keys: KeySet): Promise<void> {
  try {
    await compactVerify(token, keys, { algorithms: ALGORITHMS });
  } catch (error) {
    if (error instanceof errors.JOSEError) throw error;
    throw new DiscoveryError(
      `The issuer's key cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function parse<T>(schema: z.ZodType<T>, url: string, json: unknown): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new DiscoveryError(`${url} is no such document: ${issue?.path.join(".")} ${issue?.message}`);
}
