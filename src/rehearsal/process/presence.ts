import {Agent, request} from 'node:http'
import {controlPaths} from '../control/control-paths.js'

/** A connection of its own: those that ask are given to others in between. */
const agent = new Agent({keepAlive: false})

/**
 * Holds a connection to an account, which stays as long as somebody does: also while this process is stopped, or has no
 * time to ask anything. Keeps no process alive.
 * @param onLost called once, when the connection ends otherwise than by letting go
 * @returns lets go
 */
export function holdPresence(endpoint: string, onLost: () => void): () => void {
  let isOver = false
  const lost = () => {
    if (!isOver) onLost()
    isOver = true
  }
  const held = request(new URL(controlPaths.presence, endpoint), {agent}, answer => {
    answer.resume().on('close', lost)
  })
  held.on('socket', socket => socket.unref())
  held.on('error', lost)
  held.end()
  return () => {
    isOver = true
    held.destroy()
  }
}
