import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'

/** What the installed SDK reads of a machine, found in its sources: a new release may read more. */
export interface SdkSettings {
  /** Names of environment variables. */
  variables: string[]
  /** Keys of profiles in the shared files. */
  keys: string[]
  /** What a client's constructor looks up when it is not given. */
  options: string[]
}

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))

/** Clients hold little but the shapes of their service, with enumerations that look like variables. */
function isShared(name: string): boolean {
  return !name.startsWith('client-') && name !== 'types' && name !== 'xml-builder'
}

function packages(scope: string): string[] {
  return readdirSync(path.join(modules, scope)).map(name => path.join(scope, name))
}

function sources(folder: string, wanted: (file: string) => boolean): string[] {
  return readdirSync(path.join(modules, folder), {recursive: true, encoding: 'utf8'})
    .filter(file => file.startsWith('dist-es') && file.endsWith('.js') && !/browser|native/.test(file))
    .filter(wanted)
    .map(file => readFileSync(path.join(modules, folder, file), 'utf8'))
}

function found(texts: readonly string[], ...patterns: RegExp[]): string[] {
  const all = texts.flatMap(text =>
    patterns.flatMap(pattern => [...text.matchAll(pattern)].map(([, name = '']) => name)),
  )
  return [...new Set(all)].sort()
}

export function sdkSettings(): SdkSettings {
  const aws = packages('@aws-sdk')
  const clients = aws.filter(name => path.basename(name).startsWith('client-'))
  const shared = [
    ...aws.filter(name => isShared(path.basename(name))),
    ...packages('@smithy'),
    ...packages('@aws'),
  ]
  const texts = shared.flatMap(name => sources(name, () => true))
  const services = clients.flatMap(name =>
    sources(name, file => file === path.join('dist-es', 'runtimeConfig.shared.js')),
  )
  const ids = found(services, /serviceId: config\?\.serviceId \?\? "([^"]+)"/g)
  const perService = ids.map(id => id.toUpperCase().replaceAll(' ', '_'))
  return {
    variables: [
      ...found(texts, /["'](AWS_[A-Z0-9_]+)["']/g, /\benv\.([A-Z_][A-Z0-9_]+)/g, /["'](_X_[A-Z0-9_]+)["']/g),
      ...perService.flatMap(id => [`AWS_ENDPOINT_URL_${id}`, `AWS_BEARER_TOKEN_${id}`]),
    ],
    keys: found(
      texts,
      /\b(?:[A-Z0-9_]*(?:INI|CONFIG)[A-Z0-9_]*) = ["']([a-z0-9_]+)["']/g,
      /\b(?:profile|profileData|data)\.((?:[a-z0-9]+_)+[a-z0-9]+)\b/g,
    ),
    options: found(
      clients.flatMap(name => sources(name, file => file === path.join('dist-es', 'runtimeConfig.js'))),
      /(\w+): config\?\.\1 \?\?\s*loadNodeConfig/g,
    ),
  }
}
