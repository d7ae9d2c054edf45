import {createHash} from 'node:crypto'
import type {Build} from '../../src/aws/builds.js'
import type {Clock} from '../../src/clock.js'
import {exportPlace, type ImagePlace, imageKeys, tarballOf} from '../../src/environment/image-set.js'
import {FakeAws} from './fake-aws.js'

const exportMs = 200_000

/** AWS in memory with a healthy environment whose images were built, and a bucket for them. */
export class ExportingAws extends FakeAws {
  /** Newest first. */
  history: Build[] = []
  /** How the next export ends. */
  ends: {status: string; failed?: string} = {status: 'SUCCEEDED'}
  /** What the images say of themselves. */
  version = 'v1.0.7'
  readonly #clock: Clock

  /** @param stackName `demo`, or `demo-compute` in layout individual */
  constructor(clock: Clock, stackName = 'demo') {
    super(clock)
    this.#clock = clock
    this.stacks.putStack(stackName, 'CREATE_COMPLETE', {
      tags: {'mcpgw:environment': 'demo'},
      parameters: {
        EnvironmentName: 'demo',
        AdminPassword: '****',
        ContainerImagesExportBucket: '',
        ContainerImagesExportPrefix: '',
      },
    })
    this.bucketTags.set('images', {})
    this.add({status: 'SUCCEEDED', complete: true, environment: {UPSTREAM_VERSION: 'v1.0.7'}})
    this.builds = {
      ...this.builds,
      recent: async () => this.history.map(build => this.#now(build)),
      describe: async id => this.history.filter(build => build.id === id).map(build => this.#now(build))[0],
      start: async (project, variables) => {
        const to = (await this.stacks.describe(stackName))?.parameters
        this.stacks.calls.push(
          `start ${project} while the build may write to ${to?.ContainerImagesExportBucket}/${to?.ContainerImagesExportPrefix}`,
        )
        return this.add({environment: variables})
      },
    }
  }

  add(build: Partial<Build>): Build {
    const number = this.history.length + 1
    const added: Build = {
      id: `demo-container-build:${number}`,
      number,
      status: 'IN_PROGRESS',
      currentPhase: 'BUILD',
      complete: false,
      startedAt: this.#clock.now(),
      phases: [{name: 'BUILD'}],
      logs: {group: '/aws/codebuild/demo', stream: String(number)},
      environment: {},
      ...build,
    }
    this.history.unshift(added)
    return added
  }

  /** Writes a set as an export leaves it. */
  writeSet({bucket, prefix}: ImagePlace, version: string | null = this.version): void {
    const files = imageKeys.map(key => ({key, tarball: tarballOf(key), text: `${key} ${version}`}))
    const sum = (text: string) => createHash('sha256').update(text).digest('hex')
    const manifest = {
      format: 1,
      complete: true,
      version,
      sourceCommit: null,
      architecture: 'linux/amd64',
      exportedAt: '2026-01-02T03:04:05Z',
      images: files.map(({key, tarball, text}) => ({
        key,
        tarball,
        bytes: Buffer.byteLength(text),
        sha256: sum(text),
        digest: `sha256:${sum(key)}`,
        builtAt: '2026-01-02T03:04:05Z',
      })),
    }
    const put = (name: string, text: string) => {
      this.objects.set(`${bucket}/${prefix}${name}`, text)
      this.modifiedAt.set(`${bucket}/${prefix}${name}`, this.#clock.now())
    }
    for (const {tarball, text} of files) put(tarball, text)
    put('SHA256SUMS', files.map(({tarball, text}) => `${sum(text)}  ${tarball}\n`).join(''))
    put('manifest.json', JSON.stringify(manifest))
  }

  /** A build as CodeBuild would show it at this time: an export ends after some minutes, and its set lies there. */
  #now(build: Build): Build {
    const place = exportPlace(build.environment)
    const endedAt = (build.startedAt ?? 0) + exportMs
    if (build.complete || place === undefined || this.#clock.now() < endedAt) return build
    const {status, failed} = this.ends
    const ended: Build = {
      ...build,
      status,
      complete: true,
      currentPhase: 'COMPLETED',
      endedAt,
      phases: [{name: 'BUILD', status, seconds: 190, message: failed && 'exit status 1'}],
      exported: {FAILED_IMAGES: failed ?? ''},
    }
    this.history = this.history.map(other => (other.id === build.id ? ended : other))
    if (status === 'SUCCEEDED') this.writeSet(place)
    return ended
  }

  /** The calls that changed something. */
  get changes(): string[] {
    return this.stacks.calls.filter(call => /^(update|start)/.test(call))
  }
}
