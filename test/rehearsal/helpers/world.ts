import {emptyAccount} from '../../../src/rehearsal/account/account.js'
import {VirtualClock} from '../../../src/rehearsal/account/virtual-clock.js'
import {World} from '../../../src/rehearsal/account/world.js'

/** A clock that stands still until a test moves it. */
class HeldClock extends VirtualClock {
  #now: number

  constructor(now: number) {
    super({speed: 1, now})
    this.#now = now
  }

  override now(): number {
    return this.#now
  }

  move(ms: number): void {
    this.#now += ms
  }
}

/** An account in which nothing happens by itself; `pass` lets seconds go by, with all that falls into them. */
export interface TestWorld {
  world: World
  pass(seconds: number): void
}

/** A fresh account. The same seed gives the same ids. */
export function testWorld(options: {seed?: number; now?: number} = {}): TestWorld {
  const {seed = 1, now = Date.UTC(2026, 0, 1)} = options
  const clock = new HeldClock(now)
  const world = new World(emptyAccount({seed, now}), clock)
  return {
    world,
    pass(seconds) {
      clock.move(seconds * 1000)
      world.advance()
    },
  }
}
