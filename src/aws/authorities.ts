import {readFileSync} from 'node:fs'
import * as tls from 'node:tls'
import {invalidInput, messageOf} from '../errors.js'
import {readInputFile} from '../input-file.js'

/** Bytes: the authorities of all the world take a quarter of that. */
const mostBundleBytes = 1_048_576

/**
 * Whom to believe that a server is who it says: everybody whom Node believes, and the authorities of the file that
 * AWS_CA_BUNDLE, else `ca_bundle` of the profile, names. The AWS CLI believes that file alone; added to the others it
 * also serves what no proxy stands before. Undefined where neither is set.
 * @param ofProfile `ca_bundle`
 * @throws McpgwError INVALID_CA_BUNDLE, exit code 2
 */
export function authoritiesOf(
  ofProfile: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): string[] | undefined {
  const [source, file] = env.AWS_CA_BUNDLE ? ['AWS_CA_BUNDLE', env.AWS_CA_BUNDLE] : ['ca_bundle', ofProfile]
  if (!file) return
  return [...knownToNode(env), certificatesIn(file, source)]
}

function certificatesIn(file: string, source: string): string {
  const hint = `Name a file of certificates in PEM form in ${source}, or unset it.`
  let text: string
  try {
    // A device has no end, and Node reads it until there is no memory.
    text = readInputFile(file.replace(/^~(?=\/)/, process.env.HOME ?? '~'), mostBundleBytes)
  } catch (error) {
    throw invalidInput(
      'INVALID_CA_BUNDLE',
      `${source} names ${file}, which cannot be read: ${messageOf(error)}.`,
      hint,
      error,
    )
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw invalidInput('INVALID_CA_BUNDLE', `${source} names ${file}, in which there is no certificate.`, hint)
}

/** What is given replaces all that Node knows, so it is said again. Before Node 22.15 nobody tells the extra file's. */
function knownToNode(env: NodeJS.ProcessEnv): readonly string[] {
  const {getCACertificates} = tls as {getCACertificates?: (type: 'default') => string[]}
  if (getCACertificates !== undefined) return getCACertificates('default')
  if (!env.NODE_EXTRA_CA_CERTS) return tls.rootCertificates
  try {
    return [...tls.rootCertificates, readFileSync(env.NODE_EXTRA_CA_CERTS, 'utf8')]
  } catch {
    // Node has said so at the start.
    return tls.rootCertificates
  }
}
