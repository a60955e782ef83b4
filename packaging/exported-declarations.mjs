// Cuts declarations down to what the entry points export, and what that is made of.
import { createRequire } from "node:module";
import { join, sep } from "node:path";

const ts = createRequire(import.meta.url)("typescript");

const SPELLED_OUT = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias;

/**
 * The texts of the files in `folder` that an entry point reaches, by their paths there. What nobody can name, and members
 * that are internal, are blank lines, so that declaration maps stay right; names of members are written out.
 */
export function exportedDeclarations(folder, entryPoints) {
  const isInFolder = (path) => path.startsWith(folder.split(sep).join("/"));
  const isOwn = (node) => isInFolder(node.getSourceFile().fileName);
  const options = { moduleResolution: ts.ModuleResolutionKind.Node10, types: [], noLib: true };
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram(
    entryPoints.map((path) => join(folder, path)),
    options,
    // What others declare is kept by its name alone, and takes three times as long to read.
    { ...host, fileExists: (path) => isInFolder(path) && host.fileExists(path) },
  );
  const checker = program.getTypeChecker();
  /** Statements, and the names that imports and exports bring. */
  const kept = new Set();
  const queue = [];

  const keepSymbol = (symbol) => {
    for (const declaration of symbol?.declarations ?? []) {
      if (isOwn(declaration) && !ts.isSourceFile(declaration)) keepNode(declaration);
    }
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) keepSymbol(checker.getImmediateAliasedSymbol(symbol));
  };
  const keepNode = (declaration) => {
    const node = isSpecifier(declaration) ? declaration : topLevel(declaration);
    if (kept.has(node)) return;
    kept.add(node);
    kept.add(topLevel(node));
    if (!isSpecifier(node)) queue.push(node);
  };
  const visit = (node) => {
    if (isInternalMember(node)) return;
    if (ts.isIdentifier(node)) keepSymbol(checker.getSymbolAtLocation(node));
    ts.forEachChild(node, visit);
  };

  for (const path of entryPoints) {
    const file = program.getSourceFile(join(folder, path));
    for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(file))) keepSymbol(symbol);
    // That it is a module, where it exports nothing.
    for (const statement of file.statements) {
      if (ts.isExportDeclaration(statement) && statement.moduleSpecifier === undefined) kept.add(statement);
    }
  }
  for (const node of queue) if (!isKeys(node)) visit(node);
  keepStars(program.getSourceFiles().filter(isOwn), checker, kept);

  const files = program
    .getSourceFiles()
    .filter((file) => isOwn(file) && file.statements.some((each) => kept.has(each)));
  return new Map(files.map((file) => [file.fileName.slice(folder.length + 1), cut(file, kept, checker)]));
}

/** An alias such as `keyof Readers`, on a line of its own. */
function isKeys(node) {
  return ts.isTypeAliasDeclaration(node) && ts.isTypeOperatorNode(node.type);
}

/** `export *` names nothing: it stays where what it leads to stays. */
function keepStars(files, checker, kept) {
  let before;
  do {
    before = kept.size;
    for (const statement of files.flatMap(({ statements }) => statements)) {
      if (!ts.isExportDeclaration(statement) || statement.exportClause !== undefined) continue;
      const target = checker.getSymbolAtLocation(statement.moduleSpecifier)?.declarations?.find(ts.isSourceFile);
      if (target?.statements.some((each) => kept.has(each))) kept.add(statement);
    }
  } while (kept.size > before);
}

function isSpecifier(node) {
  return (
    ts.isImportSpecifier(node) || ts.isExportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node)
  );
}

function isInternalMember(node) {
  return (
    (ts.isClassElement(node) || ts.isTypeElement(node)) &&
    ts.getJSDocTags(node).some(({ tagName }) => tagName.text === "internal")
  );
}

function topLevel(node) {
  return ts.isSourceFile(node.parent) ? node : topLevel(node.parent);
}

function cut(file, kept, checker) {
  const text = file.getFullText();
  const end = file.endOfFileToken.getFullText();
  return file.statements.map((statement) => cutStatement(statement, kept, text, checker)).join("") + end;
}

function cutStatement(statement, kept, text, checker) {
  const whole = text.slice(statement.pos, statement.end);
  if (!kept.has(statement)) return blank(whole);
  if (isKeys(statement)) {
    const names = checker.typeToString(checker.getTypeAtLocation(statement.type), statement, SPELLED_OUT);
    return `${text.slice(statement.pos, statement.type.getStart())}${names};`;
  }
  const internal = (statement.members ?? []).filter(isInternalMember);
  if (internal.length > 0) {
    // From the last to the first, so that the places of those before stay.
    return internal.reduceRight((left, { pos, end }) => {
      const [from, to] = [pos - statement.pos, end - statement.pos];
      return left.slice(0, from) + blank(left.slice(from, to)) + left.slice(to);
    }, whole);
  }
  const names = statement.importClause?.namedBindings ?? statement.exportClause;
  if (names?.elements === undefined) return whole;
  const left = names.elements.filter((each) => kept.has(each)).map((each) => text.slice(each.getStart(), each.end));
  const start = names.getStart() - statement.pos;
  return `${whole.slice(0, start)}{ ${left.join(", ")} }${whole.slice(names.end - statement.pos)}`;
}

function blank(text) {
  return text.replace(/[^\n]+/g, "");
}
