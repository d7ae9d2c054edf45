import type {Hook} from '@oclif/core/interfaces'
import {ignoreEpipe} from '../app/ignore-epipe.js'
import {startedWords, wordsOfCommand} from '../command-words.js'

/**
 * Answers words that name no command, and flags in the place of one, before oclif does: it would show the help of a topic
 * as if that had been asked for, or lead on with a message of its own.
 */
const init: Hook.Init = async function ({config}) {
  // Help and the version are told by oclif, before any command of ours listens.
  ignoreEpipe([process.stdout, process.stderr])
  const argv = startedWords()
  if (argv === undefined) return
  const {words, asksForHelp, asksForVersion} = wordsOfCommand(argv)
  if (asksForVersion || config.findCommand(words.join(':')) !== undefined) return
  if (asksForHelp && (words.length === 0 || config.findTopic(words.join(':')) !== undefined)) return
  const [{knownWords, tellWrongWords}, {wrongWords}] = await Promise.all([
    import('../app/tell-wrong-words.js'),
    import('../app/wrong-words.js'),
  ])
  const failure = wrongWords(words, argv, knownWords(config))
  if (failure === undefined) return
  tellWrongWords(failure, argv)
  this.exit(failure.exitCode)
}

export default init
