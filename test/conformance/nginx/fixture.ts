import {execFile} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {request} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {freePort, startChild, untilReady} from '../children.js'

/** What `nginx -t` said. */
export interface ConfigurationTest {
  readonly code: number
  /** Every line but the two that say that all is well: nginx ends with 0 although it ignores a server. */
  readonly complaints: readonly string[]
}

/** Without what a log line begins with but its level: time and process. */
function withoutHead(line: string): string {
  return line.replace(/^\d+\/\d+\/\d+ [\d:]+ (\[\w+\]) \d+#\d+: /, '$1 ')
}

/** Where Debian's package keeps everything; the port of its own site, and of the application's. */
const etc = '/etc/nginx'
const port = 80

/** Longest wait for nginx to listen; it takes a fraction of a second. */
const startMs = 30_000

/** Debian puts it where the loader of each architecture looks. */
const nameLibrary = 'libnss_wrapper.so'

/**
 * Debian's nginx with a copy of its own configuration, so that a test may change it. A port of this machine is in
 * for 80. The only names that resolve are those that it is given; each is this machine.
 */
export class NginxFixture {
  readonly folder = mkdtempSync(join(tmpdir(), 'mcpgw-nginx-'))
  #stops: (() => Promise<void>)[] = []

  private constructor(readonly port: number) {
    cpSync(etc, this.#path(etc), {recursive: true, dereference: true})
    for (const folder of ['log', 'run']) mkdirSync(join(this.folder, folder))
    this.#rewrite('nginx.conf', text =>
      text
        .replaceAll('/run/nginx.pid', join(this.folder, 'run/nginx.pid'))
        .replaceAll('/var/log/nginx', join(this.folder, 'log'))
        .replaceAll(etc, this.#path(etc)),
    )
    for (const name of readdirSync(this.#path(`${etc}/sites-enabled`)))
      this.#rewrite(`sites-enabled/${name}`, text => this.#withPort(text))
    this.resolveNames([])
  }

  static async make(): Promise<NginxFixture> {
    if (!existsSync(etc)) throw new Error(`${etc} is missing: Debian's nginx is not installed.`)
    return new NginxFixture(await freePort())
  }

  /** Writes a file that nginx includes, as if port 80 were the fixture's. */
  addSite(name: string, text: string): void {
    writeFileSync(join(this.#path(etc), 'conf.d', `${name}.conf`), this.#withPort(text))
  }

  /** Runs a command that was written for /etc/nginx, on the copy. */
  async runOnImage(command: string): Promise<void> {
    await promisify(execFile)('sh', ['-c', command.replaceAll(etc, this.#path(etc))])
  }

  /** From now on these names are known, and no others. */
  resolveNames(names: readonly string[]): void {
    writeFileSync(join(this.folder, 'hosts'), names.map(name => `127.0.0.1 ${name}\n`).join(''))
  }

  test(): Promise<ConfigurationTest> {
    return new Promise((resolve, reject) => {
      execFile('nginx', [...this.#arguments(), '-t'], {env: this.#env()}, (error, _stdout, stderr) => {
        if (error && typeof error.code !== 'number') return reject(error)
        const lines = stderr
          .split('\n')
          .filter(line => line !== '')
          .map(withoutHead)
        const complaints = lines.filter(
          line => !/^nginx: (the )?configuration file \S+ (syntax is ok|test is successful)$/.test(line),
        )
        resolve({code: Number(error?.code ?? 0), complaints})
      })
    })
  }

  /** Starts it. @throws with what it printed when it ends at once */
  async start(): Promise<void> {
    const nginx = startChild('nginx', [...this.#arguments(), '-g', 'daemon off;'], this.#env())
    this.#stops.push(nginx.stop)
    await untilReady('nginx', nginx, async () => (await this.status('/', 'localhost')) !== undefined, startMs)
  }

  /** What it answers to a request with this Host; nothing when nobody listens. */
  status(path: string, host: string): Promise<number | undefined> {
    return new Promise(resolve => {
      const asked = request({host: '127.0.0.1', port: this.port, path, headers: {host}}, answer => {
        answer.resume()
        resolve(answer.statusCode)
      })
      asked.once('error', () => resolve(undefined))
      asked.end()
    })
  }

  /** Ends nginx alone. */
  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0)) await stop()
  }

  async remove(): Promise<void> {
    await this.stop()
    await rm(this.folder, {recursive: true, force: true})
  }

  #arguments(): string[] {
    return ['-c', join(this.#path(etc), 'nginx.conf')]
  }

  /** Debian's nss_wrapper answers from the hosts file; what is not there is asked of nobody who would take long. */
  #env(): Record<string, string> {
    const {PATH = ''} = process.env
    return {
      PATH,
      LD_PRELOAD: nameLibrary,
      NSS_WRAPPER_HOSTS: join(this.folder, 'hosts'),
      RES_OPTIONS: 'timeout:1 attempts:1 ndots:9',
    }
  }

  #path(absolute: string): string {
    return join(this.folder, absolute)
  }

  #rewrite(name: string, change: (text: string) => string): void {
    const file = join(this.#path(etc), name)
    writeFileSync(file, change(readFileSync(file, 'utf8')))
  }

  #withPort(text: string): string {
    return text.replace(new RegExp(`(listen\\s+(?:\\[::\\]:)?)${port}\\b`, 'g'), `$1${this.port}`)
  }
}
