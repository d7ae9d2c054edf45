import {type ChildProcess, spawn} from 'node:child_process'
import {chownSync, existsSync, mkdtempSync, realpathSync, rmSync, statSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fastenSeatBelt} from './function-seat-belt.js'
import {type Ahead, functionWorker, type Job, type Place, type Told} from './function-worker.js'
import {permissionFlag} from './permission-flag.js'

/** What a function may fill, the SDK included; far more than the code of a template needs. */
const memoryMb = 512

/** Of the user "nobody" and its group on Linux. */
const nobody = 65_534

/** Who wants to know what becomes of a process. */
interface Listener {
  told(told: Told): void
  /** @param how as Lambda words it: `without providing a reason`, `with error: exit status 3` */
  ended(how: string): void
}

/** From Node.js 25 on the network is refused as well, all or nothing: the account is in it. */
const network = process.allowedNodeEnvironmentFlags.has('--allow-net') ? ['--allow-net'] : []

/** What Node.js says of these flags themselves would be in the function's log. */
const quiet = ['--disable-warning=ExperimentalWarning', '--disable-warning=SecurityWarning']

/**
 * A process that Node.js confines: it reads the SDK's modules and a scratch folder, writes to the latter, and starts
 * neither processes nor threads nor native code. Its environment is empty, and it has no descriptor but the channel to
 * us. Node.js confines neither signals nor the network to one place: that is done by replaced functions, which hold back
 * what goes astray and not who means to get around them. Source: Node.js documentation, "Permissions".
 */
export class FunctionProcess {
  /** Whose run it was the last time; undefined when it has run nothing. */
  code: string | undefined
  readonly #child: ChildProcess
  readonly #scratch = realpathSync(mkdtempSync(join(tmpdir(), 'mcpgw-function-')))
  #listener: Listener | undefined

  constructor() {
    const modules = modulesFolder()
    const scratch = this.#scratch
    const place: Place = {modules, scratch}
    const source = `(${functionWorker.toString()})(${JSON.stringify(place)}, ${fastenSeatBelt.toString()})`
    // A path alone beside the same one with an asterisk aborts Node.js 20.
    const mayRead = [modules, scratch].map(folder => `--allow-fs-read=${join(folder, '*')}`)
    const flags = [...quiet, permissionFlag, ...network, ...mayRead, `--allow-fs-write=${join(scratch, '*')}`]
    this.#child = spawn(process.execPath, [`--max-old-space-size=${memoryMb}`, ...flags, '-e', source], {
      ...ownUser(modules, scratch),
      // What this process was started with, and its settings, are not for the function.
      env: {},
      cwd: scratch,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      windowsHide: true,
    })
    const end = (how: string) => {
      this.#removeScratch()
      this.#listener?.ended(how)
    }
    this.#child.on('message', (told: Told) => this.#listener?.told(told))
    this.#child.on('error', error => end(`with error: ${error.message}`))
    this.#child.on('exit', (code, signal) => {
      if (signal) end(`with error: signal: ${signal.replace('SIGKILL', 'killed')}`)
      else end(code === 0 ? 'without providing a reason' : `with error: exit status ${code}`)
    })
  }

  /** From now on this one is told, and nobody else. */
  listen(listener: Listener | undefined): void {
    this.#listener = listener
  }

  send(message: Job | Ahead): void {
    this.#child.send(message, () => {
      // What stands in the way of sending is that the process has ended, and then it says so itself.
    })
  }

  /** Keeps our process running, or lets it end: for one that works, and one that waits. */
  hold(works: boolean): void {
    for (const each of [this.#child, this.#child.channel]) works ? each?.ref() : each?.unref()
  }

  kill(): void {
    this.#listener = undefined
    this.#child.kill('SIGKILL')
    this.hold(false)
    // We may be gone when it is.
    this.#removeScratch()
  }

  /** The process does it too, for when we are gone before it is, but not when it is killed. */
  #removeScratch(): void {
    rmSync(this.#scratch, {recursive: true, force: true})
  }
}

/** Where the SDK is found from here, after all links. */
function modulesFolder(): string {
  const folders = createRequire(import.meta.url).resolve.paths('@aws-sdk/client-sts') ?? []
  const folder = folders.find(each => existsSync(join(each, '@aws-sdk')))
  if (folder === undefined) throw new Error('The AWS SDK, which functions use, is not installed.')
  return realpathSync(folder)
}

/**
 * The superuser's functions run as nobody, where nobody can read what they need: Node.js and the SDK may lie in a home
 * that is closed to others.
 */
function ownUser(modules: string, scratch: string): {uid?: number; gid?: number} {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return {}
  if (!isOpen(process.execPath) || !isOpen(join(modules, '@aws-sdk')) || !isOpen(dirname(scratch))) return {}
  chownSync(scratch, nobody, nobody)
  return {uid: nobody, gid: nobody}
}

/** Whether everybody may go to a path and read it. */
function isOpen(path: string): boolean {
  const others = statSync(realpathSync(path)).mode & 0o005
  return others === 0o005 && (dirname(path) === path || isPassable(dirname(realpathSync(path))))
}

function isPassable(folder: string): boolean {
  return (
    (statSync(folder).mode & 0o001) === 0o001 && (dirname(folder) === folder || isPassable(dirname(folder)))
  )
}
