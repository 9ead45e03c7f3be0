/**
 * Every exported thing has a docblock, looked at in the built declarations,
 * which is what an editor shows to a consumer: each symbol that an entry of a
 * package exports, and each member of an exported interface, object type or
 * class. A discriminant (`_tag`, or a member whose type is one literal) speaks
 * for itself, and so do constructors. Needs a build.
 */
import path from 'node:path';
import ts from 'typescript';
import { runAlone, verdict } from '../lib/check.mjs';
import { entries, publishedPackages, ROOT } from '../lib/workspace.mjs';

/**
 * @typedef {object} Surface what one set of entries exports
 * @property {number} documented things of the package's own
 * @property {number} handedOn things that other packages declare and answer for
 * @property {string[]} missing `place: name` of everything without a docblock
 */

/** @param {ts.Declaration} declaration */
const isHidden = (declaration) =>
  (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.NonPublicAccessibilityModifier) !==
  0;

/**
 * @param {ts.TypeChecker} checker
 * @param {ts.Symbol} symbol
 */
const speaksForItself = (checker, symbol) => {
  if (symbol.name === '_tag') return true;
  const declaration = symbol.valueDeclaration;
  return (
    declaration !== undefined &&
    ts.isPropertySignature(declaration) &&
    checker.getTypeOfSymbol(symbol).isLiteral()
  );
};

/**
 * Members written in a declaration itself; inherited ones are their parent's.
 * @param {ts.Declaration} declaration
 * @returns {readonly ts.Node[]}
 */
const membersOf = (declaration) => {
  if (ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration)) {
    return declaration.members;
  }
  return ts.isTypeAliasDeclaration(declaration) && ts.isTypeLiteralNode(declaration.type)
    ? declaration.type.members
    : [];
};

/**
 * Reads declaration files and all that they import.
 * @param {readonly string[]} files absolute
 * @returns {ts.Program}
 */
export const read = (files) =>
  ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    skipLibCheck: true,
    noEmit: true,
  });

/**
 * What some declaration files export, and what of it lacks a docblock.
 * @param {ts.Program} program
 * @param {readonly string[]} files entry points, absolute
 * @param {string} inside only things declared in this folder are looked at
 * @returns {Surface}
 */
export const surface = (program, files, inside) => {
  const checker = program.getTypeChecker();
  /** @type {Set<ts.Symbol>} */
  const seen = new Set();
  /** @type {string[]} */
  const missing = [];
  let documented = 0;
  let handedOn = 0;

  /** @param {ts.Symbol} symbol @param {string} name @param {ts.Node} at */
  const look = (symbol, name, at) => {
    if (symbol.getDocumentationComment(checker).length > 0) {
      documented++;
      return;
    }
    const source = at.getSourceFile();
    const line = source.getLineAndCharacterOfPosition(at.getStart()).line + 1;
    missing.push(`${path.relative(inside, source.fileName)}:${line}: ${name}`);
  };

  for (const file of files) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} is missing or exports nothing`);
    for (const exported of checker.getExportsOfModule(module)) {
      const symbol =
        exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const declarations = (symbol.declarations ?? []).filter((declaration) =>
        path.resolve(declaration.getSourceFile().fileName).startsWith(inside + path.sep),
      );
      const [first] = declarations;
      if (first === undefined) handedOn++;
      if (first === undefined || seen.has(symbol)) continue;
      seen.add(symbol);
      look(symbol, exported.name, first);
      for (const member of declarations.flatMap(membersOf)) {
        const declaration = /** @type {ts.Declaration} */ (member);
        const name = ts.getNameOfDeclaration(declaration);
        const memberSymbol = name && checker.getSymbolAtLocation(name);
        if (name === undefined || memberSymbol === undefined) continue;
        if (ts.isPrivateIdentifier(name) || isHidden(declaration)) continue;
        if (speaksForItself(checker, memberSymbol)) continue;
        look(memberSymbol, `${exported.name}.${memberSymbol.name}`, declaration);
      }
    }
  }
  return { documented, handedOn, missing };
};

/** @returns {import('../lib/check.mjs').Result[]} one per package */
export const docblocks = () => {
  const packages = publishedPackages().map((pkg) => ({
    pkg,
    files: entries(pkg).map(({ types }) => types),
  }));
  const program = read(packages.flatMap(({ files }) => files));
  return packages.map(({ pkg, files }) => {
    const name = `docblocks of ${pkg.name}`;
    const lost = files.find((file) => !ts.sys.fileExists(file));
    if (lost !== undefined) {
      return verdict(name, false, `${path.relative(ROOT, lost)} is not built: npm run build`);
    }
    const { documented, handedOn, missing } = surface(program, files, path.join(pkg.path, 'dist'));
    return missing.length > 0
      ? verdict(name, false, [`without a docblock: ${missing.length}`, ...missing].join('\n'))
      : verdict(name, documented + handedOn > 0, `${documented} documented, ${handedOn} handed on`);
  });
};

await runAlone(import.meta.url, 'docblocks', docblocks);
