/** Samples a second. */
const RATE = 8000;
const SECONDS = 2;
/** Hertz of the notes, one after the other. */
const NOTES = [392, 440, 494, 587];

/** A short melody as Discord's client sends a voice message; a demo asks nobody for the microphone. */
export function cannedVoice(): { file: File; durationSecs: number; waveform: string } {
  const count = RATE * SECONDS;
  const wav = new DataView(new ArrayBuffer(44 + count * 2));
  const text = (at: number, word: string) =>
    new Uint8Array(wav.buffer).set(new TextEncoder().encode(word), at);
  // The header of a WAVE file with one channel of 16 bits: http://soundfile.sapp.org/doc/WaveFormat/
  text(0, 'RIFF');
  wav.setUint32(4, 36 + count * 2, true);
  text(8, 'WAVEfmt ');
  wav.setUint32(16, 16, true);
  wav.setUint16(20, 1, true);
  wav.setUint16(22, 1, true);
  wav.setUint32(24, RATE, true);
  wav.setUint32(28, RATE * 2, true);
  wav.setUint16(32, 2, true);
  wav.setUint16(34, 16, true);
  text(36, 'data');
  wav.setUint32(40, count * 2, true);
  const length = count / NOTES.length;
  const loudness = (index: number) => Math.sin((Math.PI * (index % length)) / length);
  for (let index = 0; index < count; index += 1) {
    const hertz = NOTES[Math.floor(index / length)] ?? 0;
    const value = Math.sin((2 * Math.PI * hertz * index) / RATE) * loudness(index) * 0.4;
    wav.setInt16(44 + index * 2, value * 0x7fff, true);
  }
  const bars = Array.from({ length: 40 }, (_, bar) => Math.round(loudness((bar * count) / 40) * 255));
  return {
    file: new File([wav], 'voice-message.wav', { type: 'audio/wav' }),
    durationSecs: SECONDS,
    waveform: btoa(String.fromCharCode(...bars)),
  };
}
