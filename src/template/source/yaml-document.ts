import {
  Composer,
  type CST,
  type Document,
  Lexer,
  type LineCounter,
  type ParsedNode,
  Parser,
  YAMLParseError,
} from 'yaml'

/** Levels of maps and lists: more than any template has, and as many as are read of JSON. */
const deepest = 400
/** The parser keeps what it is in the middle of: a level each, and the document, a pair, a scalar. */
const mostUnderway = deepest + 5

/** What is nested so deeply that reading it would exhaust the stack; `offset` is where it was given up. */
export class YamlTooDeepError extends Error {
  readonly offset: number

  constructor(offset: number) {
    super(`nested more than ${deepest} levels deep at offset ${offset}`)
    this.offset = offset
  }
}

/**
 * As the library's `parseDocument`, which goes down into what is nested by calling itself and takes the whole process
 * with it when it has gone too far: here its parser, which does not, is watched, and what it has read is composed only
 * when it is not too deep.
 * @throws YamlTooDeepError
 */
export function yamlDocument(
  text: string,
  options: ConstructorParameters<typeof Composer>[0] & {lineCounter?: LineCounter} = {},
): Document.Parsed<ParsedNode> {
  const parser = new Parser(options.lineCounter?.addNewLine)
  options.lineCounter?.addNewLine(0)
  const tokens: CST.Token[] = []
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (parser.stack.length > mostUnderway) throw new YamlTooDeepError(parser.offset)
  }
  for (const token of parser.end()) tokens.push(token)
  const [document, ...others] = new Composer<ParsedNode>(options).compose(tokens, true, text.length)
  if (document === undefined) throw new Error('a composer that is forced gives a document')
  // What stands behind a line `---` would be left out without a word.
  const other = others.find(({contents}) => contents !== null)
  if (other !== undefined)
    document.errors.push(
      new YAMLParseError(
        [other.range[0], other.range[1]],
        'MULTIPLE_DOCS',
        'there is more than one document',
      ),
    )
  return document as Document.Parsed<ParsedNode>
}
