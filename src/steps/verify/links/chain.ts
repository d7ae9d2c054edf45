import type {LinkHealth} from '../../../results.js'
import type {Finding, Problem} from '../problem.js'
import {NoAnswer} from './ask.js'
import {type LinkName, links} from './names.js'

/** A link that does not hold: what is wrong with it and what to do. */
export class BrokenLink extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.what)
    this.problem = problem
  }
}

/** Ends the link that is being tried. */
export function broken(what: string, todo: string, {permanent}: {permanent: boolean}): BrokenLink {
  return new BrokenLink({what, todo, permanent})
}

/** What became of the links that were tried. */
export class Chain {
  readonly #tried = new Map<LinkName, Problem | undefined>()
  #isUnanswered = false

  /** True when a link got no answer at all, which may be one lost connection. */
  get isUnanswered(): boolean {
    return this.#isUnanswered
  }

  /**
   * Tries one link, and hands on what the next ones need of it.
   * @throws BrokenLink when it does not hold; what is no verdict on the link is thrown as it is
   */
  async link<T>(name: LinkName, work: () => Promise<T>): Promise<T> {
    try {
      const found = await work()
      this.#tried.set(name, undefined)
      return found
    } catch (error) {
      const verdict = error instanceof NoAnswer ? new BrokenLink(error.problem) : error
      if (error instanceof NoAnswer) this.#isUnanswered = true
      if (verdict instanceof BrokenLink) this.#tried.set(name, verdict.problem)
      throw verdict
    }
  }

  /** Every link, in order. One that lies behind a broken one is not well, and has no advice of its own. */
  findings(): Finding<LinkHealth>[] {
    const whole = new Map<LinkName, {culprit: LinkName; problem: Problem} | undefined>()
    return links.map(({name, after}) => {
      const before = after && whole.get(after)
      if (before !== undefined) {
        whole.set(name, before)
        const {culprit, problem} = before
        const what = `Not tried, because ${culprit} is broken.`
        return {
          check: {name, ok: false, reason: what, hint: null},
          problem: {what, todo: '', permanent: problem.permanent},
        }
      }
      const problem = this.#tried.get(name)
      if (problem === undefined) {
        whole.set(name, undefined)
        return {check: {name, ok: true, reason: null, hint: null}, problem}
      }
      whole.set(name, {culprit: name, problem})
      return {check: {name, ok: false, reason: problem.what, hint: problem.todo}, problem}
    })
  }
}
