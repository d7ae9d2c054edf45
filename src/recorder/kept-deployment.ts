import {existsSync, readFileSync, renameSync, rmSync} from 'node:fs'
import path from 'node:path'
import {makeFolder} from '../make-folder.js'
import {fileProblem, folderProblem, ownFolderMode, writeNew} from '../own-files.js'

/** What a reset deploys again: of the stacks that it deletes, and of the flags that it was given. No value is a secret. */
export interface KeptDeployment {
  /** When the reset began, ISO 8601 by the clock of the account. */
  readonly begunAt: string
  /** Ids of the stacks that are to go: one that is not among them was made since. */
  readonly stackIds: readonly string[]
  readonly layout: 'nested' | 'individual'
  readonly parameters: Readonly<Record<string, string>>
  /** Names of the NoEcho parameters that were given, without their values. */
  readonly secretsGiven: readonly string[]
  /** `s3://bucket/prefix/`; undefined where images are built. */
  readonly images?: string | undefined
  readonly templateBucket?: string | undefined
  readonly templatePrefix?: string | undefined
  readonly serviceRole?: string | undefined
  /** Names; undefined when nothing was said of any. */
  readonly students?: readonly string[] | undefined
}

/** The place of one environment's file. */
export interface KeptPlace {
  /** The folder of the recordings (`runsFolder`). */
  readonly folder: string
  readonly environment: string
  readonly account: string
  readonly region: string
}

/** Of the form below; a later one is not understood, and said so. */
const version = 1

/** `reset-demo-123456789012-us-west-2.json`: no name of a run begins so. */
export function keptFile({folder, environment, account, region}: KeptPlace): string {
  return path.join(folder, `reset-${environment}-${account}-${region}.json`)
}

/**
 * What an earlier reset has kept; undefined when none did.
 * @throws Error with the reason where there is a file that is not ours, or not whole
 */
export function readKept(place: KeptPlace): KeptDeployment | undefined {
  const file = keptFile(place)
  if (!existsSync(file)) return undefined
  const problem = folderProblem(place.folder) ?? fileProblem(file)
  if (problem !== undefined) throw new Error(problem)
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (!isWhole(content)) throw new Error('it is not what mcpgw writes there')
  const {environment, account, region} = content
  if (environment !== place.environment || account !== place.account || region !== place.region)
    throw new Error('it is about another environment')
  return content.kept
}

/**
 * Writes it for its owner alone, whole or not at all.
 * @throws what the system says, or an Error with the reason why nothing is to be kept there
 */
export function writeKept(place: KeptPlace, kept: KeptDeployment): void {
  makeFolder(place.folder, ownFolderMode)
  const file = keptFile(place)
  const problem = folderProblem(place.folder) ?? fileProblem(file)
  if (problem !== undefined) throw new Error(problem)
  const {environment, account, region} = place
  const draft = `${file}.${process.pid}.new`
  rmSync(draft, {force: true})
  writeNew(draft, `${JSON.stringify({version, environment, account, region, kept}, null, 2)}\n`)
  renameSync(draft, file)
}

/** Removes it when it is needed no more. What cannot be removed stays, and is found by the next reset. Never throws. */
export function removeKept(place: KeptPlace): void {
  try {
    rmSync(keptFile(place), {force: true})
  } catch {
    // Its folder may be read-only by now.
  }
}

interface Content {
  readonly environment: string
  readonly account: string
  readonly region: string
  readonly kept: KeptDeployment
}

function isWhole(content: unknown): content is Content {
  if (!isRecord(content) || content.version !== version || !isRecord(content.kept)) return false
  const {begunAt, stackIds, layout, parameters, secretsGiven, students} = content.kept
  const texts = ['images', 'templateBucket', 'templatePrefix', 'serviceRole'].map(
    name => (content.kept as Record<string, unknown>)[name],
  )
  return (
    typeof begunAt === 'string' &&
    isTexts(stackIds) &&
    (layout === 'nested' || layout === 'individual') &&
    isRecord(parameters) &&
    isTexts(Object.values(parameters)) &&
    isTexts(secretsGiven) &&
    (students === undefined || isTexts(students)) &&
    texts.every(text => text === undefined || typeof text === 'string')
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string')
}
