import { failed } from "../error";
import { collection, type Value } from "../value";
import { fixed, variadic, type CallArguments } from "./function";
import { isIPv4, isIPv6 } from "node:net";

/** A range of addresses, whose first one is `network`. */
interface Range {
  readonly network: bigint;
  readonly prefix: number;
  /** 32 or 128. */
  readonly bits: number;
}

function parseRange(text: string): Range {
  const [address = "", length = ""] = text.split("/");
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
  if (bits === 0 || !/^\d{1,3}$/.test(length) || Number(length) > bits) {
    throw failed(`${JSON.stringify(text)} is no CIDR block`);
  }
  const prefix = Number(length);
  const shift = BigInt(bits - prefix);
  const number = bits === 32 ? parseV4(address) : parseV6(address);
  return { network: (number >> shift) << shift, prefix, bits };
}

function parseV4(text: string): bigint {
  return text.split(".").reduce((number, byte) => number * 256n + BigInt(byte), 0n);
}

function parseV6(text: string): bigint {
  const plain = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [one = 0, two = 0, three = 0, four = 0] = bytes.slice(0, 4).map(Number);
    return `${(one * 256 + two).toString(16)}:${(three * 256 + four).toString(16)}`;
  });
  const [head = "", tail] = plain.split("::").map((half) => half.split(":").filter((group) => group !== ""));
  const groups = [...head];
  if (tail !== undefined) groups.push(...Array<string>(8 - head.length - tail.length).fill("0"), ...tail);
  return groups.reduce((number, group) => number * 65_536n + BigInt(`0x${group}`), 0n);
}

function addressText(number: bigint, bits: number): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join(".");
  const groups = Array.from({ length: 8 }, (_, index) => (number >> BigInt(112 - 16 * index)) & 0xffffn);
  return shortened(groups.map((group) => group.toString(16)));
}

/** The longest run of at least two zeros, and of equals the first, is left out (RFC 5952). */
function shortened(groups: readonly string[]): string {
  const text = groups.join(":");
  const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((left, right) => right[0].length - left[0].length);
  const [longest] = runs;
  if (longest === undefined) return text;
  const before = text.slice(0, longest.index);
  const after = text.slice(longest.index + longest[0].length);
  return `${before}::${after.replace(/^:/, "")}`;
}

function rangeText({ network, prefix, bits }: Range): string {
  return `${addressText(network, bits)}/${prefix}`;
}

function host(range: Range, number: number): string {
  const size = 1n << BigInt(range.bits - range.prefix);
  const offset = number < 0 ? size + BigInt(number) : BigInt(number);
  if (offset < 0n || offset >= size) throw failed(`a block of prefix ${range.prefix} has no host ${number}`);
  return addressText(range.network + offset, range.bits);
}

function netmask({ prefix, bits }: Range): string {
  if (bits !== 32) throw failed("only IPv4 has netmasks");
  return addressText(((1n << BigInt(prefix)) - 1n) << BigInt(bits - prefix), bits);
}

function subnet(range: Range, newBits: number, number: number): string {
  const prefix = range.prefix + newBits;
  if (newBits < 0 || prefix > range.bits) throw failed(`a block of prefix ${range.prefix} has no ${newBits} bits more`);
  if (number < 0 || BigInt(number) >= 1n << BigInt(newBits)) {
    throw failed(`${newBits} bits do not hold the number ${number}`);
  }
  return rangeText({ ...range, prefix, network: range.network + (BigInt(number) << BigInt(range.bits - prefix)) });
}

/** One block behind the other, each at the next place where it may begin. */
function subnets(args: CallArguments): Value {
  const range = parseRange(args.text(0));
  const end = range.network + (1n << BigInt(range.bits - range.prefix));
  let next = range.network;
  const found = args.values.slice(1).map((_, index) => {
    const prefix = range.prefix + args.integer(index + 1);
    if (prefix <= range.prefix || prefix > range.bits) throw failed("cidrsubnets cannot extend the prefix so far");
    const size = 1n << BigInt(range.bits - prefix);
    const network = ((next + size - 1n) / size) * size;
    if (network + size > end) throw failed("cidrsubnets has not enough addresses");
    next = network + size;
    return rangeText({ ...range, prefix, network });
  });
  return collection("list", found);
}

export const addressFunctions = {
  cidrhost: fixed(2, (args) => host(parseRange(args.text(0)), args.integer(1))),
  cidrnetmask: fixed(1, (args) => netmask(parseRange(args.text(0)))),
  cidrsubnet: fixed(3, (args) => subnet(parseRange(args.text(0)), args.integer(1), args.integer(2))),
  cidrsubnets: variadic(1, subnets),
};
