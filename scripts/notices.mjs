// The licences of what a bundle contains: their texts go where the code goes.
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

/** For packages that name one of these licences and come without its text; ours has the text of the first. */
const withoutText = {
  'Apache-2.0': () => 'The text of this licence is in the file LICENSE of mcpgw.',
  MIT: ({name, author}) => `Copyright (c) ${author?.name ?? author ?? `the authors of ${name}`}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
}

/** The folders, from the project's own, of the packages that `inputs` belong to: paths as esbuild's metafile has them. */
export function packagesOf(inputs) {
  const folders = inputs.flatMap(input => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [])
  return [...new Set(folders)].sort()
}

/**
 * One text with the name, version and licence of every package, and each licence's text once for all that share it.
 * @param root where the folders lie
 * @throws Error for a package whose licence cannot be told, as it could not be given on
 */
export function noticesOf(root, folders) {
  const byText = new Map()
  for (const folder of folders) {
    const description = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const {name, version, license} = description
    const text = textsIn(join(root, folder)) || withoutText[license]?.(description)
    if (text === undefined)
      throw new Error(`${folder} has no licence file, and "${license}" has no text here.`)
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license ?? 'see below'})`])
  }
  const parts = Array.from(byText, ([text, names]) => `${[...new Set(names)].join('\n')}\n\n${text}\n`)
  return `mcpgw contains these packages, under these licences.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`
}

/** What a licence asks to be given on: its own text, and the notice beside it. */
function textsIn(folder) {
  return readdirSync(folder)
    .filter(name => /^(licen[cs]e|copying|notice)(\.|-|$)/i.test(name) && existsSync(join(folder, name)))
    .sort()
    .map(name => readFileSync(join(folder, name), 'utf8').trim())
    .join('\n\n')
}
