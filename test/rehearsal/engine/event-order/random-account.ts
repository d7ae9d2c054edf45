import {emptyAccount} from '../../../../src/rehearsal/account/account.js'
import type {Stack} from '../../../../src/rehearsal/account/stack.js'
import {VirtualClock} from '../../../../src/rehearsal/account/virtual-clock.js'
import {World} from '../../../../src/rehearsal/account/world.js'
import {isLive} from '../../../../src/rehearsal/engine/lookup.js'
import {clearFaults} from '../../../../src/rehearsal/faults/parse.js'
import {setFaults} from '../../../../src/rehearsal/faults/setting.js'
import {AwsError} from '../../../../src/rehearsal/wire/index.js'
import {engineOf, logGroup} from '../engine-world.js'

/** A clock that a test moves, and that advances by itself a little whenever somebody looks, as one at a high speed does. */
class RestlessClock extends VirtualClock {
  #at: number
  readonly #stepMs: number

  /** @param stepMs 0 for the speed max, at which time stands still */
  constructor(now: number, stepMs: number) {
    super({speed: 1, now})
    this.#at = now
    this.#stepMs = stepMs
  }

  override now(): number {
    this.#at += this.#stepMs
    return this.#at
  }

  move(ms: number): void {
    this.#at += ms
  }

  override standAt(at: number): void {
    this.#at = at
  }
}

const start = Date.UTC(2026, 0, 1)
const names = ['one', 'two', 'three']
const bucket = 'full'

type Engine = ReturnType<typeof engineOf>

/** An account in which things are done by chance: the same seed does the same. */
export class RandomAccount {
  #state: number
  readonly #stepMs: number
  #world: World
  #clock: RestlessClock
  #engine: Engine
  /** Nested stacks with which something was done past their parent. */
  readonly byHand = new Set<string>()
  /** What was done, for the message of a test that fails. */
  readonly log: string[] = []

  constructor(seed: number) {
    this.#state = (seed * 7919 + 1) % 2_147_483_647
    this.#stepMs = this.#pick([0, 3, 900, 5000])
    this.#clock = new RestlessClock(start, this.#stepMs)
    this.#world = new World(emptyAccount({seed, now: start}), this.#clock)
    this.#engine = this.#begin()
  }

  get stacks(): Readonly<Record<string, Stack>> {
    return this.#engine.region.stacks
  }

  /** Does one thing; what the account refuses was worth a try. */
  step(): void {
    this.#world.advance()
    const [name, act] = this.#pick(this.#acts())
    this.log.push(name)
    try {
      act()
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      this.log.push(`  refused: ${error.message}`)
    }
  }

  #acts(): [string, () => void][] {
    const name = this.#pick(names)
    const {create, update, remove, cancel, rollBack, continueRollback, changeSet, execute, region} =
      this.#engine
    const nested = Object.values(region.stacks).filter(stack => stack.parentId !== undefined && isLive(stack))
    const child = nested[Math.floor(this.#chance() * nested.length)]
    const pass: [string, () => void] = ['pass', () => this.#pass()]
    return [
      [
        `create ${name}`,
        () =>
          create(name, this.#template(name), {
            onFailure: this.#pick(['ROLLBACK', 'ROLLBACK', 'DELETE', 'DO_NOTHING']),
            disableRollback: this.#chance() < 0.15,
            ...(this.#chance() < 0.1 && {timeoutMinutes: 1}),
          }),
      ],
      [`create ${name}`, () => create(name, this.#template(name))],
      [`update ${name}`, () => update(name, this.#template(name))],
      [`update ${name}`, () => update(name, this.#template(name))],
      [`update ${name}, keep`, () => update(name, this.#template(name), {disableRollback: true})],
      [`delete ${name}`, () => remove(name)],
      [`force ${name}`, () => remove(name, {deletionMode: 'FORCE_DELETE_STACK'})],
      [`cancel ${name}`, () => cancel(name)],
      [`cancel ${name}`, () => cancel(name)],
      [`roll back ${name}`, () => rollBack(name)],
      [`continue ${name}`, () => continueRollback(name)],
      [`skip in ${name}`, () => continueRollback(name, ...this.#failed(name))],
      [`plan ${name}`, () => changeSet(name, this.#template(name), {type: this.#pick(['CREATE', 'UPDATE'])})],
      [`execute ${name}`, () => execute(name)],
      ['delete a nested stack', () => child && this.#past(child, () => remove(child.id))],
      ['cancel a nested stack', () => child && this.#past(child, () => cancel(child.id))],
      ['lose a resource', () => this.#lose()],
      ['fill or empty the bucket', () => this.#fill()],
      ['fault', () => this.#fault()],
      ['restart', () => this.#restart()],
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
      pass,
    ]
  }

  #failed(name: string): string[] {
    const resources = Object.values(this.#engine.region.stacks).find(
      stack => stack.name === name && isLive(stack),
    )?.resources
    return Object.values(resources ?? {})
      .filter(({status}) => status === 'UPDATE_FAILED')
      .map(({logicalId}) => logicalId)
  }

  #past(child: Stack, act: () => void): void {
    act()
    this.byHand.add(child.id)
  }

  #pass(): void {
    const seconds = this.#pick([1, 3, 6, 11, 25, 60, 400])
    this.log.push(`  ${seconds} s`)
    this.#engine.pass(seconds)
  }

  #lose(): void {
    const lost = this.#pick(this.#world.resourcesOf(this.#engine.region, 'AWS::Logs::LogGroup'))
    if (lost) this.#world.remove(this.#engine.region, lost)
  }

  #fill(): void {
    const full = this.#world.account.buckets[bucket]
    if (!full) return
    if (full.objects.key) delete full.objects.key
    else full.objects.key = {body: '', etag: 'e', size: 0, modifiedAt: 0}
  }

  #fault(): void {
    const stackResource = this.#pick(['R0', 'R1', 'Nested', 'AWS::Logs::LogGroup'])
    const line = this.#pick([
      `fail-create ${stackResource} once`,
      `fail-create ${stackResource} when=end once`,
      `fail-update ${stackResource} once`,
      `fail-delete ${stackResource} times=3`,
      `slow ${stackResource} factor=20`,
      clearFaults,
    ])
    this.log.push(`  ${line}`)
    setFaults(this.#world, [line])
  }

  /** The account is written to its file, and served again a while later by another process. */
  #restart(): void {
    const text = JSON.stringify(this.#world.account)
    this.#clock = new RestlessClock(this.#world.now + this.#pick([0, 90_000]), this.#stepMs)
    this.#world = new World(JSON.parse(text), this.#clock)
    this.#engine = this.#begin()
    this.#world.advance()
  }

  #begin(): Engine {
    const [world, clock] = [this.#world, this.#clock]
    return engineOf(world, seconds => {
      clock.move(seconds * 1000)
      world.advance()
    })
  }

  /** Up to four log groups that need each other, perhaps a slow resource, a bucket and nested stacks, two levels deep. */
  #template(prefix: string, depth = 0): object {
    const resources: Record<string, object> = {}
    const count = 1 + Math.floor(this.#chance() * 4)
    for (let index = 0; index < count; index += 1) {
      const DependsOn = index > 0 && this.#chance() < 0.5 ? [`R${index - 1}`] : []
      // Another name replaces it; one that others have, and a retention that there is none of, fail.
      const LogGroupName = this.#chance() < 0.02 ? 'shared' : `${prefix}-r${index}-${this.#pick(['a', 'b'])}`
      const RetentionInDays = this.#chance() < 0.04 ? 8 : this.#pick([7, 14])
      resources[`R${index}`] = logGroup('', {
        Properties: {LogGroupName, RetentionInDays},
        DependsOn,
        ...(this.#chance() < 0.1 && {DeletionPolicy: 'Retain'}),
      })
    }
    if (this.#chance() < 0.2) resources.Vpc = {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}}
    if (this.#chance() < 0.1) resources.Bucket = {Type: 'AWS::S3::Bucket', Properties: {BucketName: bucket}}
    for (const nested of depth < 2 ? ['Nested', 'Other'] : []) {
      if (this.#chance() < 0.6) continue
      const key = `${prefix}-${nested}`
      const TemplateURL = this.#engine.upload(`${key}.json`, this.#template(key, depth + 1))
      resources[nested] = {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL}}
    }
    return {Resources: resources}
  }

  /** The Lehmer generator of Park and Miller: thousands of draws must cost nothing. */
  #chance(): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647
    return this.#state / 2_147_483_647
  }

  #pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.#chance() * values.length)] as T
  }
}
