/** Real milliseconds between two drawings: a terminal at the end of a slow line must keep up. */
export const drawEveryMs = 250

/** Draws at most four times a second: what comes in between is drawn together, the newest state, when its time comes. */
export class DrawingRate {
  #drawnAt = Number.NEGATIVE_INFINITY
  #later: NodeJS.Timeout | undefined

  /** Draws now, or as soon as it may. What `draw` shows is what there is when it is called. */
  draw(draw: () => void): void {
    if (this.#later !== undefined) return
    const left = this.#drawnAt + drawEveryMs - performance.now()
    // A clock that was put back says nothing about the last drawing.
    if (left <= 0 || left > drawEveryMs) return this.#drawn(draw)
    this.#later = setTimeout(() => {
      this.#later = undefined
      this.#drawn(draw)
    }, left)
    this.#later.unref()
  }

  /** Nothing more is to be drawn of what was asked for. */
  forget(): void {
    clearTimeout(this.#later)
    this.#later = undefined
  }

  #drawn(draw: () => void): void {
    this.#drawnAt = performance.now()
    draw()
  }
}
