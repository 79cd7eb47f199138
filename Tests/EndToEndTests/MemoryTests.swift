// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Memory does not grow with the library.
@Suite(.serialized, .timeLimit(.minutes(40))) struct MemoryTests {
    @Test func sixTimesThePortraitsTakeTheSameMemory() async throws {
        let small = try await peak(of: 500)
        let large = try await peak(of: 3000)
        #expect(Double(large) < Double(small) * 1.2, "\(small >> 20) MiB, then \(large >> 20) MiB")
        #expect(large < 128 << 20)
    }

    private func peak(of count: Int) async throws -> Int {
        let set = try await PortraitSet.drawn(
            "--count",
            "\(count)",
            "--bad",
            "0",
            "--seed",
            "5",
            "--jpeg-only",
            "--size",
            "960x1280",
            "--bytes",
            "200000",
            "--folder"
        )
        var peak = 0
        try await Workplace.with(["--no-decode"]) { place in
            let ended = try await place.runImport(of: set.source.path)
            #expect(try Report(ended).count("stored") == count, "\(ended.errors)")
            peak = ended.peakMemory
        }
        return peak
    }
}
