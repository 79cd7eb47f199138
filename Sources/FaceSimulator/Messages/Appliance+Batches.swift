// SPDX-License-Identifier: Apache-2.0

/// Messages 1030 and 1052: store portraits in a batch (3.24, 3.39).
extension Appliance {
    func storeBatch(_ call: Call, form: Bool) async throws -> Reply {
        let library = try call.fields.requiredInteger("lib_id")
        let uuid = try call.fields.requiredText("uuid")
        let pictures = try pictures(of: call, form: form)
        guard (1...quirks.batchMaximum).contains(pictures.count) else { throw DeviceFault(.parameter) }
        try await checkCanStore(in: library)
        if quirks[.uuidReuseRejected], !batches.takeUUID(uuid) { throw DeviceFault(.parameter) }

        let rows = try await rows(of: pictures, library: library)
        let codes = try await store.store(
            rows,
            library: library,
            delay: quirks.ingestDelay,
            stopsAtFirst: quirks[.batchStopsAtFirst]
        )
        return try batchReply(ResultCSV.rows(pictures.map(\.name), rows, codes), uuid: uuid)
    }

    /// The pictures of a batch as portraits, in their order: up to the first refusal where the device stops there,
    /// else all of them, as many at once as there are cores.
    private func rows(of pictures: [ReceivedPicture], library: Int) async throws -> [Result<NewPortrait, DeviceFault>] {
        guard !quirks[.batchStopsAtFirst] else {
            var rows: [Result<NewPortrait, DeviceFault>] = []
            for picture in pictures {
                rows.append(try row(of: picture, library: library))
                if case .failure = rows[rows.count - 1] { break }
            }
            return rows
        }
        return try await withThrowingTaskGroup { group in
            for (place, picture) in pictures.enumerated() {
                group.addTask { (place: place, row: try row(of: picture, library: library)) }
            }
            var rows: [(place: Int, row: Result<NewPortrait, DeviceFault>)] = []
            for try await row in group { rows.append(row) }
            return rows.sorted { $0.place < $1.place }.map(\.row)
        }
    }

    /// One picture of a batch as a portrait; a refusal is a value, faults of the simulator's own are thrown.
    private func row(of picture: ReceivedPicture, library: Int) throws -> Result<NewPortrait, DeviceFault> {
        do {
            let rules = PersonRules(quirks: quirks)
            let named = try BatchRow(fileName: picture.name, quirks: quirks)
            let imgID = try rules.imgID(named.imgID)
            let person = try rules.person(named.person)
            let kept = try keep(picture, library: library)
            return .success(NewPortrait(imgID: imgID, person: person, picture: kept))
        } catch let fault as DeviceFault {
            return .failure(fault)
        }
    }

    /// Writes the result CSV and makes the reply (B4 to B6).
    private func batchReply(_ rows: [ResultCSV.Row], uuid: String) throws -> Reply {
        let all = quirks[.uuidAccumulates] ? batches.accumulate(rows, uuid: uuid) : rows
        let failures = all.filter { $0.code != .success }
        let path = "tmp/image_\(quirks[.csvNameBlank] ? "" : ResultCSV.fileStem(uuid)).csv"
        if !quirks[.csvMissing] {
            try store.folder.write(
                ResultCSV.bytes(quirks[.csvAllRows] ? all : failures, quirks),
                to: store.folder.file(path)
            )
        }
        let hidesURL = quirks[.csvUnreachableURL] && failures.isEmpty
        let data = ReplyValue.object([
            ("err_count", .integer(failures.count)), ("url", .text(hidesURL ? "" : quirks.shownPath(path))),
        ])
        if quirks[.batchCodeOnError], let first = failures.first {
            return .failure(DeviceFault(first.code, data: data))
        }
        return .success(data)
    }
}
