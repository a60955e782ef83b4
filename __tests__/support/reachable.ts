import { relative } from "node:path";
import ts from "typescript";

const ROOT = process.cwd();

/** A place where something is made or called. */
export interface Made {
  /** Such as `AwsError`. */
  readonly made: string;
  /** Its first argument: a text, or what stands there. */
  readonly argument?: string;
  /** Such as `emulator/cloud/gateway/gateways.ts:67`. */
  readonly place: string;
}

/**
 * What the functions of some files make or call by certain names, they or whatever they name, as far as it lies in the
 * given folder. What is called by way of an interface may be whichever class implements it.
 */
export function reachable(roots: readonly string[], folder: string, isWanted: (name: string) => boolean): Made[] {
  const program = programOf(roots);
  const checker = program.getTypeChecker();
  const isInside = (file: ts.SourceFile): boolean => relative(ROOT, file.fileName).startsWith(`${folder}/`);
  const implementations = methodsByInterface(program.getSourceFiles().filter(isInside), checker);
  const found = new Map<string, Made>();
  const seen = new Set<ts.Node>();
  const open: ts.Node[] = roots.flatMap((root) => program.getSourceFile(root) ?? []);
  const follow = (declaration: ts.Declaration): void => {
    if (seen.has(declaration) || !isInside(declaration.getSourceFile())) return;
    seen.add(declaration);
    if (isRunnable(declaration)) open.push(declaration);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
      const name = node.expression.getText();
      if (isWanted(name)) {
        const [first] = node.arguments ?? [];
        const source = node.getSourceFile();
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        const place = `${relative(ROOT, source.fileName)}:${line}`;
        found.set(`${place} ${node.pos}`, {
          made: name,
          place,
          ...(first && { argument: ts.isStringLiteral(first) ? first.text : first.getText() }),
        });
      }
    }
    if (ts.isIdentifier(node)) {
      for (const declaration of declarationsOf(node, checker)) {
        follow(declaration);
        for (const method of implementations.get(declaration) ?? []) follow(method);
      }
    }
    ts.forEachChild(node, visit);
  };
  for (let next = open.pop(); next !== undefined; next = open.pop()) ts.forEachChild(next, visit);
  return [...found.values()].sort((one, other) => one.place.localeCompare(other.place));
}

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  target: ts.ScriptTarget.ES2022,
  types: [],
  // Neither the language's declarations nor the packages' lie in the folder.
  noLib: true,
  esModuleInterop: true,
  resolveJsonModule: true,
};
const programs = new Map<string, ts.Program>();

/** A file that asks several times has its program compiled once. */
function programOf(roots: readonly string[]): ts.Program {
  const known = programs.get(roots.join());
  if (known) return known;
  const host = ts.createCompilerHost(OPTIONS);
  host.resolveModuleNameLiterals = (names, from) =>
    names.map(({ text }) => (text.startsWith(".") ? ts.resolveModuleName(text, from, OPTIONS, host) : NOWHERE));
  const program = ts.createProgram([...roots], OPTIONS, host);
  programs.set(roots.join(), program);
  return program;
}

const NOWHERE = { resolvedModule: undefined };

function declarationsOf(node: ts.Identifier, checker: ts.TypeChecker): readonly ts.Declaration[] {
  const symbol = checker.getSymbolAtLocation(node);
  const aliased = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (aliased?.declarations ?? []).flatMap((declaration) =>
    // Naming a class runs its constructor alone.
    ts.isClassDeclaration(declaration) ? declaration.members.filter(ts.isConstructorDeclaration) : [declaration],
  );
}

function isRunnable(declaration: ts.Declaration): boolean {
  return (
    ts.isFunctionDeclaration(declaration) ||
    ts.isMethodDeclaration(declaration) ||
    ts.isConstructorDeclaration(declaration) ||
    ts.isGetAccessorDeclaration(declaration) ||
    ts.isPropertyDeclaration(declaration) ||
    ts.isPropertyAssignment(declaration) ||
    ts.isVariableDeclaration(declaration)
  );
}

function methodsByInterface(
  files: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
): ReadonlyMap<ts.Declaration, readonly ts.Declaration[]> {
  const methods = new Map<ts.Declaration, ts.Declaration[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isClassDeclaration(node)) {
      for (const type of (node.heritageClauses ?? []).flatMap((clause) => clause.types)) {
        for (const member of node.members) {
          if (member.name === undefined) continue;
          const inherited = checker.getTypeAtLocation(type).getProperty(member.name.getText());
          for (const declaration of inherited?.declarations ?? []) {
            methods.set(declaration, [...(methods.get(declaration) ?? []), member]);
          }
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(file);
  return methods;
}
