import {describe, expect, it} from 'vitest'
import {codeBlock, codeSpan, markdown} from '../../src/report/markdown.js'

describe('words on a page in Markdown', () => {
  it.each([
    ['<script>x</script>', '\\<script>x\\</script>'],
    ['![a](https://example.com/p.png)', '!\\[a\\](https://example.com/p.png)'],
    ['# a heading', '\\# a heading'],
    ['> a quotation', '\\> a quotation'],
    ['*a* _b_ ~c~ | d', '\\*a\\* \\_b\\_ \\~c\\~ \\| d'],
    ['&lt;b&gt;', '\\&lt;b\\&gt;'],
    ['one\n\n# two', 'one\\\\n\\\\n# two'],
    ['\u001b[1m', '\\\\x1b\\[1m'],
    ['a ` alone <b>', 'a \\` alone \\<b>'],
    ['``` a <b>', "'' a \\<b>"],
  ])('%j means nothing else', (text, written) => {
    expect(markdown(text)).toBe(written)
  })

  it('stay as they are where they are ours: commands in back-quotes, names, plain sentences', () => {
    const text = 'Run `mcpgw deploy --set A=<b>` again; CREATE_FAILED is in cloudformation/x.yaml:2 & more.'
    expect(markdown(text)).toBe(text)
  })

  it('are code in a block and in a line', () => {
    expect(codeBlock(['a\n# b', '<b>'])).toBe('    a\\n# b\n    <b>')
    expect(codeSpan('a')).toBe('`a`')
    expect(codeSpan('`a` ``b')).toBe('``` `a` ``b ```')
  })
})
