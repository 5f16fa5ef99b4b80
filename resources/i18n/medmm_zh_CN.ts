<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>MedMM</name>
        <message>
            <source> First of {n_skipped} that were skipped: {reason}</source>
            <translation> 共跳过 {n_skipped} 个，第一个：{reason}</translation>
        </message>
        <message>
            <source> and {n} more</source>
            <translation> 等另外 {n} 项</translation>
        </message>
        <message>
            <source> mm</source>
            <translation> mm</translation>
        </message>
        <message>
            <source> of modality {modality}</source>
            <translation>（模态 {modality}）</translation>
        </message>
        <message>
            <source>&amp;About MedMM</source>
            <translation>关于 MedMM(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Accept</source>
            <translation>同意(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Angle</source>
            <translation>角度(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Auto window</source>
            <translation>自动窗宽窗位(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Case</source>
            <translation>病例(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Change...</source>
            <translation>修改(&amp;C)…</translation>
        </message>
        <message>
            <source>&amp;Close patient</source>
            <translation>关闭患者(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Cobb angle</source>
            <translation>Cobb 角(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Corner text</source>
            <translation>四角文字(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Delete</source>
            <translation>删除(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Documents</source>
            <translation>文档(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Ellipse</source>
            <translation>椭圆(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Export report as PDF...</source>
            <translation>将报告导出为 PDF(&amp;E)...</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>文件(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Find in the note</source>
            <translation>在病历中查找(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Fit to the view</source>
            <translation>适应视图(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Forget these places</source>
            <translation>清除这些位置(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Four</source>
            <translation>四幅(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Freehand</source>
            <translation>手绘轮廓(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Graphics of the file</source>
            <translation>文件自带图形(&amp;G)</translation>
        </message>
        <message>
            <source>&amp;Hanging protocol</source>
            <translation>挂片协议(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>帮助(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Hide measurements</source>
            <translation>隐藏测量(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Import report...</source>
            <translation>导入报告(&amp;I)...</translation>
        </message>
        <message>
            <source>&amp;Invert</source>
            <translation>反相(&amp;I)</translation>
        </message>
        <message>
            <source>&amp;Key image</source>
            <translation>关键图像(&amp;K)</translation>
        </message>
        <message>
            <source>&amp;Keys</source>
            <translation>快捷键(&amp;K)</translation>
        </message>
        <message>
            <source>&amp;Layout</source>
            <translation>布局(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Length</source>
            <translation>长度(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Link scrolling</source>
            <translation>联动滚动(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Measure</source>
            <translation>测量(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Modality</source>
            <translation>模态(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Next</source>
            <translation>下一个(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Next finding</source>
            <translation>下一项所见(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Next patient</source>
            <translation>下一位患者(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Next viewport</source>
            <translation>下一个视口(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Nine</source>
            <translation>九幅(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Older study</source>
            <translation>较早的检查(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;One viewport</source>
            <translation>单个视口(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Open patient folder...</source>
            <translation>打开患者文件夹(&amp;O)...</translation>
        </message>
        <message>
            <source>&amp;Overlay of the selected finding</source>
            <translation>所选征象的叠加图(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Pan</source>
            <translation>平移(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Planes (MPR)</source>
            <translation>多平面重建 (MPR)(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Point</source>
            <translation>点(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Previous</source>
            <translation>上一个(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Previous patient</source>
            <translation>上一位患者(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Previous viewport</source>
            <translation>上一个视口(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;Read again from disk</source>
            <translation>重新从磁盘读取(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>重做(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Redo {what}</source>
            <translation>重做{what}(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Reference lines</source>
            <translation>定位线(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Reject...</source>
            <translation>否定(&amp;R)…</translation>
        </message>
        <message>
            <source>&amp;Review</source>
            <translation>审阅(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Rotate by a quarter</source>
            <translation>旋转 90°(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Score</source>
            <translation>评分(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Scroll slices</source>
            <translation>滚动层面(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Sign the review</source>
            <translation>签署审阅(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Six</source>
            <translation>六幅(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Two side by side</source>
            <translation>左右两幅(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>撤销(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Undo {what}</source>
            <translation>撤销{what}(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>视图(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Window / level</source>
            <translation>窗宽/窗位(&amp;W)</translation>
        </message>
        <message>
            <source>&amp;Worklist...</source>
            <translation>工作列表(&amp;W)…</translation>
        </message>
        <message>
            <source>&amp;Zoom</source>
            <translation>缩放(&amp;Z)</translation>
        </message>
        <message>
            <source>(and {n} more)</source>
            <translation>（另有 {n} 项）</translation>
        </message>
        <message>
            <source>(value − {centre}) / {scale}, 0 where it is missing</source>
            <translation>（值 − {centre}）/ {scale}，缺失时为 0</translation>
        </message>
        <message>
            <source>({part})</source>
            <translation>（{part}）</translation>
        </message>
        <message>
            <source>+{scale} logits</source>
            <translation>+{scale} logit</translation>
        </message>
        <message>
            <source>, </source>
            <translation>、</translation>
        </message>
        <message>
            <source>, {done} of {total}</source>
            <translation>，{done}/{total}</translation>
        </message>
        <message>
            <source>--engine ray needs Ray, which is not installed here</source>
            <translation>--engine ray 需要 Ray，此处尚未安装</translation>
        </message>
        <message>
            <source>--out {out!r} lies among the patients' own files</source>
            <translation>--out {out!r} 位于患者自己的文件之中</translation>
        </message>
        <message>
            <source>--parts {parts!r} lies among the patients' own files</source>
            <translation>--parts {parts!r} 位于患者自己的文件之中</translation>
        </message>
        <message>
            <source>1 file read, {n_skipped} skipped.</source>
            <translation>已读取 1 个文件，跳过 {n_skipped} 个。</translation>
        </message>
        <message>
            <source>1 file was skipped; the import report says why.</source>
            <translation>跳过了 1 个文件；原因见导入报告。</translation>
        </message>
        <message>
            <source>1 image</source>
            <translation>1 幅图像</translation>
        </message>
        <message>
            <source>1 job</source>
            <translation>1 个任务</translation>
        </message>
        <message>
            <source>1 series</source>
            <translation>1 个序列</translation>
        </message>
        <message>
            <source>1 slice</source>
            <translation>1 个层面</translation>
        </message>
        <message>
            <source>1 × 1</source>
            <translation>1 × 1</translation>
        </message>
        <message>
            <source>1 × 2</source>
            <translation>1 × 2</translation>
        </message>
        <message>
            <source>2 × 1</source>
            <translation>2 × 1</translation>
        </message>
        <message>
            <source>2 × 2</source>
            <translation>2 × 2</translation>
        </message>
        <message>
            <source>2 × 3</source>
            <translation>2 × 3</translation>
        </message>
        <message>
            <source>3 × 3</source>
            <translation>3 × 3</translation>
        </message>
        <message>
            <source>95 % interval</source>
            <translation>95 % 区间</translation>
        </message>
        <message>
            <source>; </source>
            <translation>；</translation>
        </message>
        <message>
            <source>A</source>
            <translation>A</translation>
        </message>
        <message>
            <source>A YAML file that says what is trained</source>
            <translation>说明训练内容的 YAML 文件</translation>
        </message>
        <message>
            <source>A batch is running. Closing stops it after the cases at hand; it can be gone on with. Close MedMM?</source>
            <translation>批次正在运行。关闭后会在处理完手头的病例后停止，之后可以继续。要关闭 MedMM 吗？</translation>
        </message>
        <message>
            <source>A bundle is named by letters, digits, dots, dashes and underscores.</source>
            <translation>模型包的名称只能由字母、数字、点、连字符和下划线组成。</translation>
        </message>
        <message>
            <source>A case that nobody has read for longer takes its turn at the front, however harmless it looks.</source>
            <translation>超过此时间仍无人阅读的病例会轮流排到前面，无论看起来多么无害。</translation>
        </message>
        <message>
            <source>A new folder, or that of an earlier batch to look at it and go on; empty: a new one of MedMM's own</source>
            <translation>新文件夹，或先前批次的文件夹（可查看并继续）；留空：由 MedMM 新建</translation>
        </message>
        <message>
            <source>A picture file carries no patient, view or polarity; it was taken as a frontal chest film with bright bones.</source>
            <translation>图片文件不含患者、投照位和极性信息；已按骨骼为亮的正位胸片处理。</translation>
        </message>
        <message>
            <source>A preset needs a name.</source>
            <translation>预设需要名称。</translation>
        </message>
        <message>
            <source>A second window for another monitor</source>
            <translation>用于另一台显示器的第二窗口</translation>
        </message>
        <message>
            <source>A symbolic link; links are not followed. Copy the file itself into the folder.</source>
            <translation>这是符号链接；不跟随链接。请把文件本身复制到文件夹中。</translation>
        </message>
        <message>
            <source>A text encoder's folder is converted with `medmm models convert-text`.</source>
            <translation>文本编码器的文件夹用 `medmm models convert-text` 转换。</translation>
        </message>
        <message>
            <source>A&amp;greement over time...</source>
            <translation>一致性统计(&amp;G)…</translation>
        </message>
        <message>
            <source>AI: {model}</source>
            <translation>AI：{model}</translation>
        </message>
        <message>
            <source>AUROC</source>
            <translation>AUROC</translation>
        </message>
        <message>
            <source>About MedMM</source>
            <translation>关于 MedMM</translation>
        </message>
        <message>
            <source>About {n_letters} letters seem to be burnt into the film; look whether they name the patient.</source>
            <translation>片上似有约 {n_letters} 个烧录字符，请查看其中是否含患者姓名。</translation>
        </message>
        <message>
            <source>Above this, patients not shown are released from memory and read again when you come back to them.</source>
            <translation>超过此值时，未显示的患者会从内存中释放，再次切换到该患者时重新读取。</translation>
        </message>
        <message>
            <source>Absent</source>
            <translation>无</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>同意</translation>
        </message>
        <message>
            <source>Act on the next viewport</source>
            <translation>切换到下一个视口</translation>
        </message>
        <message>
            <source>Act on the viewport before</source>
            <translation>切换到上一个视口</translation>
        </message>
        <message>
            <source>Active viewport a&amp;lone</source>
            <translation>仅显示当前视口(&amp;L)</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>添加</translation>
        </message>
        <message>
            <source>Add --resume to go on with it, or choose another --out.</source>
            <translation>加上 --resume 以继续，或另选 --out。</translation>
        </message>
        <message>
            <source>Add a column named time, or name it under [columns] in medmm.toml.</source>
            <translation>添加名为 time 的列，或在 medmm.toml 的 [columns] 中指明。</translation>
        </message>
        <message>
            <source>Add a preset below the others</source>
            <translation>在末尾添加一个预设</translation>
        </message>
        <message>
            <source>After</source>
            <translation>之后</translation>
        </message>
        <message>
            <source>Agree with the model on the selected finding</source>
            <translation>对选中的所见，同意模型的结论</translation>
        </message>
        <message>
            <source>Agreed</source>
            <translation>一致</translation>
        </message>
        <message>
            <source>Agreement by finding</source>
            <translation>按所见统计的一致性</translation>
        </message>
        <message>
            <source>Agreement by month</source>
            <translation>按月统计的一致性</translation>
        </message>
        <message>
            <source>Agreement over time</source>
            <translation>一致性随时间的变化</translation>
        </message>
        <message>
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <source>All readings</source>
            <translation>全部读片</translation>
        </message>
        <message>
            <source>All words must be found: in the name in any script, the ID, the accession number or a description</source>
            <translation>必须匹配所有词：任一文字的姓名、患者编号、检查号或描述</translation>
        </message>
        <message>
            <source>All {n_identities} sources name the same patient.</source>
            <translation>全部 {n_identities} 个来源指向同一患者。</translation>
        </message>
        <message>
            <source>All {n_known} values of the vital signs are impossible.</source>
            <translation>生命体征的全部 {n_known} 个值都不可能成立。</translation>
        </message>
        <message>
            <source>All {n}</source>
            <translation>全部 {n}</translation>
        </message>
        <message>
            <source>All {total} cases were attempted.</source>
            <translation>全部 {total} 个病例都已处理。</translation>
        </message>
        <message>
            <source>All, minimal or no text over the image</source>
            <translation>图像上显示全部、精简或不显示文字</translation>
        </message>
        <message>
            <source>Allergies</source>
            <translation>过敏史</translation>
        </message>
        <message>
            <source>Angle</source>
            <translation>角度</translation>
        </message>
        <message>
            <source>Another answer. Largest difference: {gap} logits, {shown} in the number shown; up to {most} is expected.</source>
            <translation>结果不同。最大差异：{gap} logit，所示数值相差 {shown}；预期不超过 {most}。</translation>
        </message>
        <message>
            <source>Any decision</source>
            <translation>任意判定</translation>
        </message>
        <message>
            <source>Any finding</source>
            <translation>任意所见</translation>
        </message>
        <message>
            <source>Apache License 2.0. Provided without warranty.</source>
            <translation>Apache 许可证 2.0。不提供任何担保。</translation>
        </message>
        <message>
            <source>Apple GPU (MPS)</source>
            <translation>Apple GPU (MPS)</translation>
        </message>
        <message>
            <source>Apr</source>
            <translation>4月</translation>
        </message>
        <message>
            <source>Areas of the image that changed the score: {facts}.</source>
            <translation>图像中影响分值的区域：{facts}。</translation>
        </message>
        <message>
            <source>As first shown</source>
            <translation>初始显示</translation>
        </message>
        <message>
            <source>As the network gets it, {rows} × {cols}</source>
            <translation>网络得到的图像，{rows} × {cols}</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>Ask again in a moment.</source>
            <translation>请稍后再试。</translation>
        </message>
        <message>
            <source>Ask its sender to export it again.</source>
            <translation>请发送方重新导出。</translation>
        </message>
        <message>
            <source>Ask who made it for docs/README.md.</source>
            <translation>请向制作者索取 docs/README.md。</translation>
        </message>
        <message>
            <source>Asks for a reason, which will stand in the result and in the report</source>
            <translation>需填写理由，该理由将记入结果和报告</translation>
        </message>
        <message>
            <source>Assessment</source>
            <translation>评估</translation>
        </message>
        <message>
            <source>Assign</source>
            <translation>分配</translation>
        </message>
        <message>
            <source>Assign...</source>
            <translation>分配…</translation>
        </message>
        <message>
            <source>At most {max_cell:,} are read.</source>
            <translation>最多读取 {max_cell:,} 个字符。</translation>
        </message>
        <message>
            <source>At most {max_members:,} files and {max_unpacked_bytes:,} bytes are unpacked. {by_hand}</source>
            <translation>最多解压 {max_members:,} 个文件和 {max_unpacked_bytes:,} 字节。{by_hand}</translation>
        </message>
        <message>
            <source>At {n_contradicting} times the table gives different values for one vital sign; all are kept.</source>
            <translation>在 {n_contradicting} 个时间点，表格对同一生命体征给出不同的值；全部保留。</translation>
        </message>
        <message>
            <source>At {n_crossed} times the diastolic pressure is not below the systolic one; these pressures are shown but not given to the model.</source>
            <translation>在 {n_crossed} 个时间点，舒张压不低于收缩压；这些血压会显示，但不提供给模型。</translation>
        </message>
        <message>
            <source>At {n_wrong} of {n_pairs} times the heart rate ({heart:.0f}/min on average) does not exceed the respiratory rate ({breath:.0f}/min); the columns seem exchanged.</source>
            <translation>{n_pairs} 个时间点中有 {n_wrong} 个的心率（平均 {heart:.0f} 次/分）不高于呼吸频率（{breath:.0f} 次/分）；两列似乎颠倒。</translation>
        </message>
        <message>
            <source>Attempt again every case that failed</source>
            <translation>重新处理所有失败的病例</translation>
        </message>
        <message>
            <source>Aug</source>
            <translation>8月</translation>
        </message>
        <message>
            <source>Auto: 0.5 to 99.5 percentile</source>
            <translation>自动：0.5 至 99.5 百分位</translation>
        </message>
        <message>
            <source>Auto: full range</source>
            <translation>自动：全范围</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>B: second model</source>
            <translation>B：第二个模型</translation>
        </message>
        <message>
            <source>Back on the worklist, else the previous opened patient</source>
            <translation>在工作列表中后退，否则转到上一个已打开的患者</translation>
        </message>
        <message>
            <source>Back to how the image was first shown</source>
            <translation>恢复到图像最初的显示状态</translation>
        </message>
        <message>
            <source>Back to the images</source>
            <translation>返回图像</translation>
        </message>
        <message>
            <source>Back to the presets of this modality that ship with MedMM</source>
            <translation>恢复为 MedMM 随附的该模态预设</translation>
        </message>
        <message>
            <source>Back to the series</source>
            <translation>返回原序列</translation>
        </message>
        <message>
            <source>Back to the usual keys of all rows</source>
            <translation>所有行恢复为默认快捷键</translation>
        </message>
        <message>
            <source>Back to the usual keys of the row chosen</source>
            <translation>所选行恢复为默认快捷键</translation>
        </message>
        <message>
            <source>Back to the usual value</source>
            <translation>恢复为默认值</translation>
        </message>
        <message>
            <source>Batch...</source>
            <translation>批次…</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>之前</translation>
        </message>
        <message>
            <source>Black and white seem to be exchanged: the lungs are bright.</source>
            <translation>黑白似乎颠倒：肺野呈亮色。</translation>
        </message>
        <message>
            <source>Black and white swapped ({photometric})</source>
            <translation>黑白反转（{photometric}）</translation>
        </message>
        <message>
            <source>Black to −1 and white to 1, within ±{limit}</source>
            <translation>黑为 −1，白为 1，限于 ±{limit}</translation>
        </message>
        <message>
            <source>Both scales are even to the eye and safe for colour blindness.</source>
            <translation>两种色阶在视觉上均匀，并且对色觉障碍者友好。</translation>
        </message>
        <message>
            <source>Bring turned planes back to the axes of the series</source>
            <translation>将旋转过的平面恢复到序列的轴向</translation>
        </message>
        <message>
            <source>Bundles live in {home} or are named by their folder.</source>
            <translation>模型包位于 {home}，或以其文件夹指明。</translation>
        </message>
        <message>
            <source>By itself: the first that fits</source>
            <translation>自动：第一个适用的协议</translation>
        </message>
        <message>
            <source>By month: all findings</source>
            <translation>按月：全部所见</translation>
        </message>
        <message>
            <source>By month: {finding}</source>
            <translation>按月：{finding}</translation>
        </message>
        <message>
            <source>By sentence: {sentences}</source>
            <translation>按句：{sentences}</translation>
        </message>
        <message>
            <source>By the size of this machine</source>
            <translation>按本机内存大小</translation>
        </message>
        <message>
            <source>C&amp;ancel</source>
            <translation>取消(&amp;A)</translation>
        </message>
        <message>
            <source>CPU</source>
            <translation>CPU</translation>
        </message>
        <message>
            <source>CR image</source>
            <translation>CR 图像</translation>
        </message>
        <message>
            <source>CT image</source>
            <translation>CT 图像</translation>
        </message>
        <message>
            <source>Calibrated probability, 0 to 1</source>
            <translation>校准概率，0 到 1</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Cancel all &amp;work</source>
            <translation>取消所有任务(&amp;W)</translation>
        </message>
        <message>
            <source>Cannot tell</source>
            <translation>无法判断</translation>
        </message>
        <message>
            <source>Cannot tell at {level} %: both answers are possible.</source>
            <translation>在 {level} % 水平下无法判定：两种答案都有可能。</translation>
        </message>
        <message>
            <source>Cannot tell at {level} %: neither answer resembles the calibration cases.</source>
            <translation>在 {level} % 水平下无法判定：两种答案都不像校准病例。</translation>
        </message>
        <message>
            <source>Cannot tell at {level} %: number and threshold say one thing, the calibration cases the other.</source>
            <translation>在 {level} % 水平下无法判定：数值与阈值指向一方，校准病例指向另一方。</translation>
        </message>
        <message>
            <source>Cannot tell at {level} %: {n} calibration cases with the finding, at least {needed} are needed.</source>
            <translation>在 {level} % 水平下无法判定：有该征象的校准病例为 {n} 例，至少需要 {needed} 例。</translation>
        </message>
        <message>
            <source>Cannot tell at {level} %: {n} calibration cases without the finding, at least {needed} are needed.</source>
            <translation>在 {level} % 水平下无法判定：无该征象的校准病例为 {n} 例，至少需要 {needed} 例。</translation>
        </message>
        <message>
            <source>Cannot tell: the calibration does not hold for the {inputs} of this case; the checks say why.</source>
            <translation>无法判断：校准对本病例的{inputs}不成立，原因见检查项。</translation>
        </message>
        <message>
            <source>Cardiomegaly</source>
            <translation>心影增大</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>病例</translation>
        </message>
        <message>
            <source>Cases</source>
            <translation>病例数</translation>
        </message>
        <message>
            <source>Cases in the order in which to read them</source>
            <translation>按阅读顺序排列的病例</translation>
        </message>
        <message>
            <source>Cases of the batch</source>
            <translation>批次中的病例</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>修改</translation>
        </message>
        <message>
            <source>Change the window presets and their digits</source>
            <translation>修改窗宽窗位预设及其数字键</translation>
        </message>
        <message>
            <source>Changed after AI</source>
            <translation>看到 AI 后改判</translation>
        </message>
        <message>
            <source>Chart</source>
            <translation>图表</translation>
        </message>
        <message>
            <source>Chart of the vital signs</source>
            <translation>生命体征图表</translation>
        </message>
        <message>
            <source>Check its rights.</source>
            <translation>请检查其权限。</translation>
        </message>
        <message>
            <source>Check that the disk or share is still there.</source>
            <translation>请检查磁盘或网络共享是否仍可访问。</translation>
        </message>
        <message>
            <source>Check that the right image was chosen and that its window fits.</source>
            <translation>请检查是否选对了图像，窗口是否合适。</translation>
        </message>
        <message>
            <source>Check that the server runs, and the address, user and password.</source>
            <translation>请检查服务器是否在运行，以及地址、用户名和密码。</translation>
        </message>
        <message>
            <source>Check that you may read MEDMM_HOME.</source>
            <translation>请检查您是否可以读取 MEDMM_HOME。</translation>
        </message>
        <message>
            <source>Check that you may write to MEDMM_HOME.</source>
            <translation>请检查您是否可以写入 MEDMM_HOME。</translation>
        </message>
        <message>
            <source>Check the address.</source>
            <translation>请检查地址。</translation>
        </message>
        <message>
            <source>Check the drive and try again.</source>
            <translation>请检查驱动器后重试。</translation>
        </message>
        <message>
            <source>Check the drive; the case is done again when the batch goes on.</source>
            <translation>请检查磁盘；继续批处理时会重做该病例。</translation>
        </message>
        <message>
            <source>Check the file and its permissions.</source>
            <translation>请检查文件及其权限。</translation>
        </message>
        <message>
            <source>Check the free space and your rights there, or choose another --out folder.</source>
            <translation>请检查那里的可用空间和您的权限，或另选 --out 文件夹。</translation>
        </message>
        <message>
            <source>Check the path.</source>
            <translation>请检查路径。</translation>
        </message>
        <message>
            <source>Check the place that --parts names. What was merged is kept.</source>
            <translation>请检查 --parts 指定的位置。已合并的结果均已保存。</translation>
        </message>
        <message>
            <source>Check your rights to the folder.</source>
            <translation>请检查您对该文件夹的权限。</translation>
        </message>
        <message>
            <source>Check your rights.</source>
            <translation>请检查您的权限。</translation>
        </message>
        <message>
            <source>Checks of this case</source>
            <translation>本病例的检查项</translation>
        </message>
        <message>
            <source>Chief complaint</source>
            <translation>主诉</translation>
        </message>
        <message>
            <source>Chinese</source>
            <translation>中文</translation>
        </message>
        <message>
            <source>Choose a document in the list to read it.</source>
            <translation>请在列表中选择一份文档阅读。</translation>
        </message>
        <message>
            <source>Choose a folder of patients or an earlier batch</source>
            <translation>选择患者文件夹或先前的批次</translation>
        </message>
        <message>
            <source>Choose a folder of patients or an earlier batch: its cases appear here as they are scored.</source>
            <translation>请选择患者文件夹或先前的批次：病例评分后会出现在这里。</translation>
        </message>
        <message>
            <source>Choose a folder that you may write to, or set MEDMM_HOME.</source>
            <translation>请选择您可以写入的文件夹，或设置 MEDMM_HOME。</translation>
        </message>
        <message>
            <source>Choose a folder that you may write to.</source>
            <translation>请选择您可以写入的文件夹。</translation>
        </message>
        <message>
            <source>Choose a folder whose subfolders are one patient each, or the results of an earlier batch.</source>
            <translation>请选择每个子文件夹对应一位患者的文件夹，或先前批次的结果。</translation>
        </message>
        <message>
            <source>Choose a new folder for the cohort.</source>
            <translation>请为队列选择新文件夹。</translation>
        </message>
        <message>
            <source>Choose a row to read its whole value.</source>
            <translation>选择一行以查看其完整值。</translation>
        </message>
        <message>
            <source>Choose a row, then press its new keys in the field below</source>
            <translation>先选择一行，再在下方输入框中按下新的快捷键</translation>
        </message>
        <message>
            <source>Choose a second model and press Compare; the largest disagreement then stands first.</source>
            <translation>请选择第二个模型并按“比较”；分歧最大的排在最前。</translation>
        </message>
        <message>
            <source>Choose a series with even slice positions for work in three dimensions.</source>
            <translation>三维操作请选择层面位置均匀的序列。</translation>
        </message>
        <message>
            <source>Choose a training configuration and a folder for what it makes.</source>
            <translation>请选择训练配置和存放结果的文件夹。</translation>
        </message>
        <message>
            <source>Choose a window</source>
            <translation>选择窗宽窗位</translation>
        </message>
        <message>
            <source>Choose an --out folder on a local disk.</source>
            <translation>请选择本地磁盘上的 --out 文件夹。</translation>
        </message>
        <message>
            <source>Choose another --out folder.</source>
            <translation>请另选 --out 文件夹。</translation>
        </message>
        <message>
            <source>Choose another --out.</source>
            <translation>请另选 --out。</translation>
        </message>
        <message>
            <source>Choose another --parts.</source>
            <translation>请选择其他 --parts。</translation>
        </message>
        <message>
            <source>Choose another folder for the results.</source>
            <translation>请为结果选择另一个文件夹。</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>请选择其他文件夹。</translation>
        </message>
        <message>
            <source>Choose another name or remove it first.</source>
            <translation>请换一个名称，或先将其删除。</translation>
        </message>
        <message>
            <source>Choose another page.</source>
            <translation>请选择其他页。</translation>
        </message>
        <message>
            <source>Choose another window.</source>
            <translation>请选择其他窗口。</translation>
        </message>
        <message>
            <source>Choose one of the notes of this patient</source>
            <translation>选择该患者的一份病历</translation>
        </message>
        <message>
            <source>Choose one of the two series or time points and leave the other out.</source>
            <translation>请从两个序列或时间点中选择一个，略去另一个。</translation>
        </message>
        <message>
            <source>Choose one of: {device_names}.</source>
            <translation>可选：{device_names}。</translation>
        </message>
        <message>
            <source>Choose the folder of a model that is not installed</source>
            <translation>选择未安装模型的文件夹</translation>
        </message>
        <message>
            <source>Choose the folder that a batch has written its results to.</source>
            <translation>请选择批次写入结果的文件夹。</translation>
        </message>
        <message>
            <source>Choose the series again to read it.</source>
            <translation>再次选择该序列即可读取。</translation>
        </message>
        <message>
            <source>Choose which recording is shown</source>
            <translation>选择显示哪段录音</translation>
        </message>
        <message>
            <source>Choose which vital signs are shown</source>
            <translation>选择显示哪些生命体征</translation>
        </message>
        <message>
            <source>Choose...</source>
            <translation>选择...</translation>
        </message>
        <message>
            <source>Chunk {at} of {n}: {tokens} tokens</source>
            <translation>第 {at} 块，共 {n} 块：{tokens} 个词元</translation>
        </message>
        <message>
            <source>Cine</source>
            <translation>电影</translation>
        </message>
        <message>
            <source>Cine &amp;faster</source>
            <translation>电影加速(&amp;F)</translation>
        </message>
        <message>
            <source>Cine &amp;slower</source>
            <translation>电影减速(&amp;S)</translation>
        </message>
        <message>
            <source>Cividis (blue, grey, yellow)</source>
            <translation>Cividis（蓝、灰、黄）</translation>
        </message>
        <message>
            <source>Click a key image, or press Enter, to see it</source>
            <translation>单击关键图像或按 Enter 键即可查看</translation>
        </message>
        <message>
            <source>Click a measurement to see it on its slice; F2 renames it</source>
            <translation>单击测量可跳转到其所在层面；按 F2 重命名</translation>
        </message>
        <message>
            <source>Click a series, or press Enter, to show it; drag it onto a viewport. Left and Right fold and unfold.</source>
            <translation>单击序列或按 Enter 显示；也可拖到视口中。左右方向键折叠和展开。</translation>
        </message>
        <message>
            <source>Clinical note</source>
            <translation>临床病历</translation>
        </message>
        <message>
            <source>Close it, or choose another --out folder.</source>
            <translation>请关闭它，或另选 --out 文件夹。</translation>
        </message>
        <message>
            <source>Close other patients or programs, then choose the series once more.</source>
            <translation>请关闭其他患者或程序，然后重新选择该序列。</translation>
        </message>
        <message>
            <source>Close other patients or programs.</source>
            <translation>请关闭其他患者或程序。</translation>
        </message>
        <message>
            <source>Close other programs, or score a smaller image; the model's card states what it needs.</source>
            <translation>请关闭其他程序，或对较小的图像评分；模型卡说明了所需内存。</translation>
        </message>
        <message>
            <source>Close the patient shown</source>
            <translation>关闭当前患者</translation>
        </message>
        <message>
            <source>Closing an archive</source>
            <translation>正在关闭压缩包</translation>
        </message>
        <message>
            <source>Cobb</source>
            <translation>Cobb 角</translation>
        </message>
        <message>
            <source>Cobb angle</source>
            <translation>Cobb 角</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>代码</translation>
        </message>
        <message>
            <source>Cohen's kappa between the AI decision and the reader's call, over what is kept on this machine. Readings made after the AI value was shown lean towards it; those made before are independent.</source>
            <translation>AI 结论与读片者判断之间的 Cohen kappa，依据本机保存的记录。看到 AI 数值之后的判断会向它靠拢；之前的判断是独立的。</translation>
        </message>
        <message>
            <source>Colour averaged to grey</source>
            <translation>彩色取平均为灰度</translation>
        </message>
        <message>
            <source>Colours of the window; the image area stays black in all of them.</source>
            <translation>窗口的配色；图像区域在任何主题下均保持黑色。</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>比较</translation>
        </message>
        <message>
            <source>Compare two &amp;models...</source>
            <translation>比较两个模型(&amp;M)...</translation>
        </message>
        <message>
            <source>Compare two models</source>
            <translation>比较两个模型</translation>
        </message>
        <message>
            <source>Compare with the comments at the head of the protocols that ship.</source>
            <translation>请与随附方案开头的注释对照。</translation>
        </message>
        <message>
            <source>Compare...</source>
            <translation>比较…</translation>
        </message>
        <message>
            <source>Comparing two batches</source>
            <translation>正在比较两个批次</translation>
        </message>
        <message>
            <source>Comparison</source>
            <translation>对比</translation>
        </message>
        <message>
            <source>Computing planes</source>
            <translation>正在计算平面</translation>
        </message>
        <message>
            <source>Configurations (*.yaml *.yml)</source>
            <translation>配置 (*.yaml *.yml)</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Copy &amp;rows</source>
            <translation>复制行(&amp;R)</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>复制详情</translation>
        </message>
        <message>
            <source>Copy how the result came about as text, without anything that names the patient</source>
            <translation>将结果的由来复制为文本，不含标明患者身份的内容</translation>
        </message>
        <message>
            <source>Copy it again from its source, or export it uncompressed.</source>
            <translation>请从来源重新复制，或以未压缩方式导出。</translation>
        </message>
        <message>
            <source>Copy it again from its source.</source>
            <translation>请从来源重新复制。</translation>
        </message>
        <message>
            <source>Copy text</source>
            <translation>复制文本</translation>
        </message>
        <message>
            <source>Copy the file again from its source.</source>
            <translation>请从来源重新复制该文件。</translation>
        </message>
        <message>
            <source>Copy the file itself here.</source>
            <translation>请把文件本身复制到这里。</translation>
        </message>
        <message>
            <source>Copy the record</source>
            <translation>复制运行记录</translation>
        </message>
        <message>
            <source>Copy the rows chosen as text (Ctrl+C)</source>
            <translation>以文本形式复制所选行 (Ctrl+C)</translation>
        </message>
        <message>
            <source>Copy the table as text</source>
            <translation>以文本形式复制表格</translation>
        </message>
        <message>
            <source>Copy the whole report as indented text</source>
            <translation>将整份报告复制为缩进文本</translation>
        </message>
        <message>
            <source>Copy the whole series again.</source>
            <translation>请重新复制整个序列。</translation>
        </message>
        <message>
            <source>Correct it or remove it.</source>
            <translation>请更正或删除它。</translation>
        </message>
        <message>
            <source>Correct series_uid in {case_file} or remove it.</source>
            <translation>请更正 {case_file} 中的 series_uid，或将其删除。</translation>
        </message>
        <message>
            <source>Correct that line.</source>
            <translation>请更正该行。</translation>
        </message>
        <message>
            <source>Correct the column.</source>
            <translation>请更正该列。</translation>
        </message>
        <message>
            <source>Correct the encoding in medmm.toml or in the settings.</source>
            <translation>请在 medmm.toml 或设置中更正编码。</translation>
        </message>
        <message>
            <source>Correct the unit, for example Cel, [degF], mm[Hg], kPa, % or /min.</source>
            <translation>请更正单位，例如 Cel、[degF]、mm[Hg]、kPa、% 或 /min。</translation>
        </message>
        <message>
            <source>Correct {key!r} in {name}.</source>
            <translation>请更正 {name} 中的 {key!r}。</translation>
        </message>
        <message>
            <source>Counting the cases</source>
            <translation>正在统计病例</translation>
        </message>
        <message>
            <source>Course</source>
            <translation>病程</translation>
        </message>
        <message>
            <source>Cropped to rows {row0} to {row1} of {rows} and columns {col0} to {col1} of {cols}</source>
            <translation>裁剪至第 {row0} 至 {row1} 行（共 {rows} 行）、第 {col0} 至 {col1} 列（共 {cols} 列）</translation>
        </message>
        <message>
            <source>Curves of the training</source>
            <translation>训练曲线</translation>
        </message>
        <message>
            <source>Cut into tokens, at most {most} in a chunk, overlapping by {stride}; chunks: {n_chunks}</source>
            <translation>切分为词元，每块最多 {most} 个，重叠 {stride} 个；块数：{n_chunks}</translation>
        </message>
        <message>
            <source>Cut the recording.</source>
            <translation>请剪短该录音。</translation>
        </message>
        <message>
            <source>DICOM &amp;header...</source>
            <translation>DICOM 文件头(&amp;H)...</translation>
        </message>
        <message>
            <source>DICOM header</source>
            <translation>DICOM 文件头</translation>
        </message>
        <message>
            <source>DX image</source>
            <translation>DX 图像</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>数据</translation>
        </message>
        <message>
            <source>Dec</source>
            <translation>12月</translation>
        </message>
        <message>
            <source>Decimal commas were read as decimal points in {with_comma}.</source>
            <translation>{with_comma} 中的逗号已按小数点读取。</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>判断</translation>
        </message>
        <message>
            <source>Decision after</source>
            <translation>之后的判定</translation>
        </message>
        <message>
            <source>Decision before</source>
            <translation>之前的判定</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Delete the selected measurement</source>
            <translation>删除所选测量</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>详情</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>Dia</source>
            <translation>舒张压</translation>
        </message>
        <message>
            <source>Diastolic BP</source>
            <translation>舒张压</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>差异</translation>
        </message>
        <message>
            <source>Dismiss</source>
            <translation>关闭提示</translation>
        </message>
        <message>
            <source>Do again what was taken back</source>
            <translation>重做已撤销的操作</translation>
        </message>
        <message>
            <source>Do not use it. Import the bundle again from where you trust it.</source>
            <translation>请勿使用。请从可信之处重新导入该模型包。</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>文档</translation>
        </message>
        <message>
            <source>Documents of this patient</source>
            <translation>该患者的文档</translation>
        </message>
        <message>
            <source>Done {n}</source>
            <translation>完成 {n}</translation>
        </message>
        <message>
            <source>Dotted: negated, the cue and what it denies</source>
            <translation>虚线：否定，含否定词及其所否定的内容</translation>
        </message>
        <message>
            <source>Double click</source>
            <translation>双击</translation>
        </message>
        <message>
            <source>Double click or F2 to change a cell</source>
            <translation>双击或按 F2 修改单元格</translation>
        </message>
        <message>
            <source>Down</source>
            <translation>下移</translation>
        </message>
        <message>
            <source>Drag a series here, or choose one in the list of studies.</source>
            <translation>将序列拖到此处，或在检查列表中选择。</translation>
        </message>
        <message>
            <source>Drag on the image to change window width and level</source>
            <translation>在图像上拖动以调整窗宽和窗位</translation>
        </message>
        <message>
            <source>Drag to go through the slices</source>
            <translation>拖动以浏览各层面</translation>
        </message>
        <message>
            <source>Drag to magnify the image</source>
            <translation>拖动以缩放图像</translation>
        </message>
        <message>
            <source>Drag to move the image</source>
            <translation>拖动以移动图像</translation>
        </message>
        <message>
            <source>Drawing a page</source>
            <translation>正在绘制页面</translation>
        </message>
        <message>
            <source>Drawing the image</source>
            <translation>正在绘制图像</translation>
        </message>
        <message>
            <source>Drawing the recording</source>
            <translation>正在绘制录音</translation>
        </message>
        <message>
            <source>Drawing thumbnails</source>
            <translation>正在绘制缩略图</translation>
        </message>
        <message>
            <source>Dutch</source>
            <translation>荷兰文</translation>
        </message>
        <message>
            <source>Each input alone: {parts} logits, not calibrated.</source>
            <translation>各输入单独：{parts} logit，未校准。</translation>
        </message>
        <message>
            <source>Edit window presets...</source>
            <translation>编辑窗宽窗位预设...</translation>
        </message>
        <message>
            <source>Elements of the file</source>
            <translation>文件的数据元素</translation>
        </message>
        <message>
            <source>Elements of the header are damaged; values may be missing or wrong.</source>
            <translation>头信息中的元素已损坏；数值可能缺失或有误。</translation>
        </message>
        <message>
            <source>Elements of the header are repeated or out of order; one of the values was taken.</source>
            <translation>头信息中的元素重复或次序颠倒；采用了其中一个值。</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>椭圆</translation>
        </message>
        <message>
            <source>Empty this list here and on the disk</source>
            <translation>清空此列表及磁盘上的记录</translation>
        </message>
        <message>
            <source>Encoding of notes</source>
            <translation>病历编码</translation>
        </message>
        <message>
            <source>Engine starting</source>
            <translation>引擎正在启动</translation>
        </message>
        <message>
            <source>Engine: not available</source>
            <translation>引擎：不可用</translation>
        </message>
        <message>
            <source>Engine: not started</source>
            <translation>引擎：未启动</translation>
        </message>
        <message>
            <source>Engine: ready</source>
            <translation>引擎：就绪</translation>
        </message>
        <message>
            <source>Engine: ready, {device}</source>
            <translation>引擎：就绪，{device}</translation>
        </message>
        <message>
            <source>English</source>
            <translation>English</translation>
        </message>
        <message>
            <source>Enter opens a case; N and Shift+N go to the next and back</source>
            <translation>回车打开病例；N 和 Shift+N 前往下一个或返回</translation>
        </message>
        <message>
            <source>Enter or a double click opens a case; a click on a title sorts</source>
            <translation>回车或双击打开病例；点击标题排序</translation>
        </message>
        <message>
            <source>Enter or a double click shows this image</source>
            <translation>按回车或双击显示此图像</translation>
        </message>
        <message>
            <source>Epoch {n} of {total}</source>
            <translation>第 {n} 轮，共 {total} 轮</translation>
        </message>
        <message>
            <source>Every DICOM element of this document</source>
            <translation>此文档的所有 DICOM 元素</translation>
        </message>
        <message>
            <source>Every element of the file shown, with search</source>
            <translation>当前文件的所有数据元素，可搜索</translation>
        </message>
        <message>
            <source>Every encoder that medmm trains can.</source>
            <translation>medmm 训练的编码器都可以。</translation>
        </message>
        <message>
            <source>Every key on one page</source>
            <translation>在一页中列出所有快捷键</translation>
        </message>
        <message>
            <source>Evidence lies outside the anatomy: {percent:.0f} % of the map's weight is beyond the body.</source>
            <translation>依据位于解剖结构之外：热图权重的 {percent:.0f} % 在身体轮廓以外。</translation>
        </message>
        <message>
            <source>Examination</source>
            <translation>体格检查</translation>
        </message>
        <message>
            <source>Explanation</source>
            <translation>解释</translation>
        </message>
        <message>
            <source>Export fewer frames or a smaller matrix.</source>
            <translation>请导出较少的帧或较小的矩阵。</translation>
        </message>
        <message>
            <source>Export it again with its measurements.</source>
            <translation>请连同测量值重新导出。</translation>
        </message>
        <message>
            <source>Export it uncompressed or as JPEG 2000.</source>
            <translation>请以未压缩方式或 JPEG 2000 导出。</translation>
        </message>
        <message>
            <source>Export it with 16 bits.</source>
            <translation>请以 16 位导出。</translation>
        </message>
        <message>
            <source>Export report as PDF</source>
            <translation>将报告导出为 PDF</translation>
        </message>
        <message>
            <source>Export the document with fewer or smaller pictures.</source>
            <translation>请以较少或较小的图片导出该文档。</translation>
        </message>
        <message>
            <source>Export the image again from its source.</source>
            <translation>请从来源重新导出图像。</translation>
        </message>
        <message>
            <source>Export the image as RGB or as MONOCHROME2.</source>
            <translation>请把图像导出为 RGB 或 MONOCHROME2。</translation>
        </message>
        <message>
            <source>Export the series again from its source.</source>
            <translation>请从来源重新导出该序列。</translation>
        </message>
        <message>
            <source>F&amp;ull screen</source>
            <translation>全屏(&amp;U)</translation>
        </message>
        <message>
            <source>Failed {n}</source>
            <translation>失败 {n}</translation>
        </message>
        <message>
            <source>Family history</source>
            <translation>家族史</translation>
        </message>
        <message>
            <source>Feb</source>
            <translation>2月</translation>
        </message>
        <message>
            <source>Figures of the new model</source>
            <translation>新模型的指标</translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>File window {number}</source>
            <translation>文件窗宽窗位 {number}</translation>
        </message>
        <message>
            <source>Files of this patient</source>
            <translation>该患者的文件</translation>
        </message>
        <message>
            <source>Files, model, software, machine, settings and every step are the same.</source>
            <translation>文件、模型、软件、机器、设置和每个步骤都相同。</translation>
        </message>
        <message>
            <source>Fill it in, or remove the column so that the table makes no claim.</source>
            <translation>请填写该列，或将其删除，使表格不作此声明。</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>查找</translation>
        </message>
        <message>
            <source>Find a s&amp;tudy</source>
            <translation>查找检查(&amp;T)</translation>
        </message>
        <message>
            <source>Find in the note</source>
            <translation>在病历中查找</translation>
        </message>
        <message>
            <source>Find in the report</source>
            <translation>在报告中查找</translation>
        </message>
        <message>
            <source>Find ne&amp;xt</source>
            <translation>查找下一个(&amp;X)</translation>
        </message>
        <message>
            <source>Find pre&amp;vious</source>
            <translation>查找上一个(&amp;V)</translation>
        </message>
        <message>
            <source>Find words in the clinical note</source>
            <translation>在临床病历中查找词语</translation>
        </message>
        <message>
            <source>Find words in the note (Ctrl+F); Enter goes on, Esc ends</source>
            <translation>在病历中查找词语 (Ctrl+F)；回车查找下一个，Esc 结束</translation>
        </message>
        <message>
            <source>Finding</source>
            <translation>征象</translation>
        </message>
        <message>
            <source>Findings</source>
            <translation>征象</translation>
        </message>
        <message>
            <source>Findings appear here once a patient is open and scored.</source>
            <translation>打开患者并评分后，征象显示在此处。</translation>
        </message>
        <message>
            <source>Findings in the order of the model's list, without what it says of them</source>
            <translation>按模型清单的顺序列出所见，不含模型的结论</translation>
        </message>
        <message>
            <source>Findings of both results, the largest disagreement first</source>
            <translation>两个结果的征象，分歧最大的在前</translation>
        </message>
        <message>
            <source>Findings stay hidden until you have given a verdict, or no opinion, on each of them yourself.</source>
            <translation>在您对每一项所见给出自己的判断或表示无意见之前，AI 结果保持隐藏。</translation>
        </message>
        <message>
            <source>Findings to judge</source>
            <translation>待判断的所见</translation>
        </message>
        <message>
            <source>Finished part of all cases</source>
            <translation>全部病例中已完成的部分</translation>
        </message>
        <message>
            <source>Finished part of all epochs</source>
            <translation>所有轮次中已完成的部分</translation>
        </message>
        <message>
            <source>Finished: {bundle}. To score with it, give this folder as the model in the settings.</source>
            <translation>已完成：{bundle}。如需用它评分，请在设置中将此文件夹指定为模型。</translation>
        </message>
        <message>
            <source>First slice</source>
            <translation>首层</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>适应</translation>
        </message>
        <message>
            <source>Fit to view</source>
            <translation>适应视图</translation>
        </message>
        <message>
            <source>Flip &amp;horizontally</source>
            <translation>水平翻转(&amp;H)</translation>
        </message>
        <message>
            <source>Flip &amp;vertically</source>
            <translation>垂直翻转(&amp;V)</translation>
        </message>
        <message>
            <source>Fold all sections to their headings</source>
            <translation>将所有小节折叠为标题</translation>
        </message>
        <message>
            <source>Fold the negative findings</source>
            <translation>折叠阴性征象</translation>
        </message>
        <message>
            <source>Fold this section</source>
            <translation>折叠此节</translation>
        </message>
        <message>
            <source>Folder for the results</source>
            <translation>结果文件夹</translation>
        </message>
        <message>
            <source>Folder of a model</source>
            <translation>模型文件夹</translation>
        </message>
        <message>
            <source>Folder of patients</source>
            <translation>患者文件夹</translation>
        </message>
        <message>
            <source>For research use only. Not for diagnostic use. No CE mark, not FDA cleared. The map over the image shows areas that changed the score; it does not show disease. Outlines and sizes must not be taken from it.</source>
            <translation>仅供研究使用，不得用于诊断。无 CE 标志，未获 FDA 许可。图像上的热图显示影响分值的区域，并不显示疾病；不得据此勾画轮廓或测量大小。</translation>
        </message>
        <message>
            <source>Forget them</source>
            <translation>不保留</translation>
        </message>
        <message>
            <source>Four images</source>
            <translation>四幅图像</translation>
        </message>
        <message>
            <source>Free some space or choose another folder; an older file of that name is as it was.</source>
            <translation>请腾出空间或另选文件夹；同名的旧文件保持原样。</translation>
        </message>
        <message>
            <source>Freehand</source>
            <translation>手绘轮廓</translation>
        </message>
        <message>
            <source>French</source>
            <translation>法文</translation>
        </message>
        <message>
            <source>From blank inputs ({baseline}) to this case: {parts}. The parts miss the change by {gap} of it.</source>
            <translation>从空白输入（{baseline}）到本例：{parts}。各部分之和与变化相差其 {gap}。</translation>
        </message>
        <message>
            <source>From these inputs you cannot tell</source>
            <translation>根据这些输入无法判断</translation>
        </message>
        <message>
            <source>General</source>
            <translation>常规</translation>
        </message>
        <message>
            <source>German</source>
            <translation>德文</translation>
        </message>
        <message>
            <source>Give the selected measurement another name</source>
            <translation>为所选测量另取名称</translation>
        </message>
        <message>
            <source>Give these keys to the row chosen</source>
            <translation>将此快捷键赋予所选行</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Go on to the next finding without a verdict</source>
            <translation>转到下一项尚未判断的所见</translation>
        </message>
        <message>
            <source>Go on with it in that version, or choose another --out folder.</source>
            <translation>请用该版本继续，或另选 --out 文件夹。</translation>
        </message>
        <message>
            <source>Go through the slices; with Ctrl, magnify at the pointer</source>
            <translation>浏览各层面；按住 Ctrl 时以光标为中心缩放</translation>
        </message>
        <message>
            <source>Go to the finding before</source>
            <translation>转到上一项所见</translation>
        </message>
        <message>
            <source>Go to the next finding</source>
            <translation>转到下一项所见</translation>
        </message>
        <message>
            <source>HR</source>
            <translation>心率</translation>
        </message>
        <message>
            <source>Hang the patient shown as when it was opened</source>
            <translation>按打开时的方式重新挂片</translation>
        </message>
        <message>
            <source>Header</source>
            <translation>文件头</translation>
        </message>
        <message>
            <source>Header of the next slice (Alt+Down)</source>
            <translation>下一层的文件头 (Alt+Down)</translation>
        </message>
        <message>
            <source>Header of the slice before (Alt+Up)</source>
            <translation>上一层的文件头 (Alt+Up)</translation>
        </message>
        <message>
            <source>Heart rate</source>
            <translation>心率</translation>
        </message>
        <message>
            <source>Heat map colours</source>
            <translation>热图配色</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>帮助</translation>
        </message>
        <message>
            <source>Hide or show what lies outside the shutter</source>
            <translation>隐藏或显示遮光区以外的部分</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>高对比度</translation>
        </message>
        <message>
            <source>High-passed at {hz} Hz (0: not)</source>
            <translation>高通滤波 {hz} Hz（0：不做）</translation>
        </message>
        <message>
            <source>Hold Space to see them.</source>
            <translation>按住空格键即可显示。</translation>
        </message>
        <message>
            <source>How much is written over an image at first; O changes it while reading.</source>
            <translation>图像上初始显示的文字量；阅片时可按 O 键切换。</translation>
        </message>
        <message>
            <source>How often readers and model agree, by finding and by month</source>
            <translation>读片者与模型的一致程度，按所见和按月统计</translation>
        </message>
        <message>
            <source>How strongly the map covers the image. Hold Space to see the map.</source>
            <translation>热图覆盖图像的强度。按住空格键查看热图。</translation>
        </message>
        <message>
            <source>How the result came about</source>
            <translation>结果的由来</translation>
        </message>
        <message>
            <source>ID {value}</source>
            <translation>编号 {value}</translation>
        </message>
        <message>
            <source>Identical: every number is the same to the last bit.</source>
            <translation>完全一致：每个数值逐位相同。</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>图像</translation>
        </message>
        <message>
            <source>Image {chosen} of {n_images} was scored ({view}).</source>
            <translation>对 {n_images} 幅图像中的第 {chosen} 幅进行了评分（{view}）。</translation>
        </message>
        <message>
            <source>Image, viewport {number}</source>
            <translation>图像，视口 {number}</translation>
        </message>
        <message>
            <source>Import it again.</source>
            <translation>请重新导入。</translation>
        </message>
        <message>
            <source>Import report</source>
            <translation>导入报告</translation>
        </message>
        <message>
            <source>Import the bundle again.</source>
            <translation>请重新导入模型包。</translation>
        </message>
        <message>
            <source>In HU. Radiographs (CR, DX, MG) have none: no window fits every detector.</source>
            <translation>单位为 HU。X 线摄影（CR、DX、MG）没有预设：没有适合所有探测器的窗宽窗位。</translation>
        </message>
        <message>
            <source>In SUV by body weight; offered where it can be computed.</source>
            <translation>单位为按体重计算的 SUV；仅在可计算时提供。</translation>
        </message>
        <message>
            <source>In logits</source>
            <translation>logit 差</translation>
        </message>
        <message>
            <source>In the values of the image.</source>
            <translation>单位为图像自身数值。</translation>
        </message>
        <message>
            <source>In this series {words}: distances of {least:.2f} mm and {most:.2f} mm; nothing is measured across slices.</source>
            <translation>该序列中{words}：间距 {least:.2f} mm 和 {most:.2f} mm；不跨层面测量。</translation>
        </message>
        <message>
            <source>Indication</source>
            <translation>检查指征</translation>
        </message>
        <message>
            <source>Inferno (black, red, yellow)</source>
            <translation>Inferno（黑、红、黄）</translation>
        </message>
        <message>
            <source>Input</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>Install MedMM again.</source>
            <translation>请重新安装 MedMM。</translation>
        </message>
        <message>
            <source>Install Python 3.11 or newer.</source>
            <translation>请安装 Python 3.11 或更新版本。</translation>
        </message>
        <message>
            <source>Install it on every machine, as with `pip install s3fs` for s3://.</source>
            <translation>请在每台机器上安装，例如 s3:// 需要 `pip install s3fs`。</translation>
        </message>
        <message>
            <source>Install it with: pip install 'medmm[postgresql]'</source>
            <translation>安装命令：pip install 'medmm[postgresql]'</translation>
        </message>
        <message>
            <source>Install the same version on every machine.</source>
            <translation>请在每台机器上安装相同版本。</translation>
        </message>
        <message>
            <source>Invert</source>
            <translation>反相</translation>
        </message>
        <message>
            <source>It cannot be looked at: {reason}.</source>
            <translation>无法查看：{reason}。</translation>
        </message>
        <message>
            <source>It cannot be shown.</source>
            <translation>无法显示。</translation>
        </message>
        <message>
            <source>It has been started again on the CPU; score the case once more. Nothing else is lost.</source>
            <translation>引擎已在 CPU 上重新启动；请再次对该病例评分。其他内容没有丢失。</translation>
        </message>
        <message>
            <source>It is a bundle of another program or version.</source>
            <translation>这是其他程序或版本的模型包。</translation>
        </message>
        <message>
            <source>It is damaged or far too large; copy it again or export it uncompressed.</source>
            <translation>文件已损坏或过大；请重新复制，或以未压缩方式导出。</translation>
        </message>
        <message>
            <source>It is damaged or made to exhaust memory; do not use it.</source>
            <translation>文件已损坏，或有意耗尽内存；请勿使用。</translation>
        </message>
        <message>
            <source>It is damaged; copy it again from its source.</source>
            <translation>文件已损坏；请从来源重新复制。</translation>
        </message>
        <message>
            <source>It is left aside; nothing is to do.</source>
            <translation>已略过，无需处理。</translation>
        </message>
        <message>
            <source>It is more than one patient, or was put there by mistake.</source>
            <translation>其中不止一名患者，或是误放于此。</translation>
        </message>
        <message>
            <source>It is started again on the CPU; score the case once more. Nothing else was lost.</source>
            <translation>引擎正在 CPU 上重新启动；请对该病例再次评分。其他内容均未丢失。</translation>
        </message>
        <message>
            <source>It is {kind}: neither an image nor a note, vital signs or a recording that is read.</source>
            <translation>这是{kind}：不是可读取的图像、病历、生命体征或录音。</translation>
        </message>
        <message>
            <source>It names another patient than the rest of the case.</source>
            <translation>所注明的患者与本病例其余内容不同。</translation>
        </message>
        <message>
            <source>It names no patient, so nothing tells whose it is.</source>
            <translation>未注明患者，无法得知属于谁。</translation>
        </message>
        <message>
            <source>Italian</source>
            <translation>意大利文</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>条目</translation>
        </message>
        <message>
            <source>Item {n}</source>
            <translation>条目 {n}</translation>
        </message>
        <message>
            <source>Items of the report</source>
            <translation>报告条目</translation>
        </message>
        <message>
            <source>Its header names this patient, but the pixels of the series shown cannot be read.</source>
            <translation>文件头注明为该患者，但所显示序列的像素无法读取。</translation>
        </message>
        <message>
            <source>Its subfolders and archives are one patient each</source>
            <translation>其每个子文件夹或压缩包对应一位患者</translation>
        </message>
        <message>
            <source>Its vocabulary was not loaded or is of another language; check tokenizer.json.</source>
            <translation>其词表未载入或属于其他语言；请检查 tokenizer.json。</translation>
        </message>
        <message>
            <source>Jan</source>
            <translation>1月</translation>
        </message>
        <message>
            <source>Japanese</source>
            <translation>日文</translation>
        </message>
        <message>
            <source>Jul</source>
            <translation>7月</translation>
        </message>
        <message>
            <source>Jun</source>
            <translation>6月</translation>
        </message>
        <message>
            <source>Kappa (95 % interval)</source>
            <translation>Kappa（95 % 区间）</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Keep a list of folders opened before; off also empties it.</source>
            <translation>保留曾打开文件夹的列表；关闭时同时清空该列表。</translation>
        </message>
        <message>
            <source>Keep one of them.</source>
            <translation>请保留其中一个。</translation>
        </message>
        <message>
            <source>Keep the map of the selected finding on; hold Space to see it for a moment</source>
            <translation>持续显示所选征象的热图；按住空格键可临时查看</translation>
        </message>
        <message>
            <source>Keep the part that matters.</source>
            <translation>请保留重要的部分。</translation>
        </message>
        <message>
            <source>Keep the right one.</source>
            <translation>请保留正确的一个。</translation>
        </message>
        <message>
            <source>Keep the rows of this patient and stay.</source>
            <translation>请只保留该患者本次住院的行。</translation>
        </message>
        <message>
            <source>Keep the rows of this patient only.</source>
            <translation>请只保留该患者的行。</translation>
        </message>
        <message>
            <source>Keep the unit that is right.</source>
            <translation>请保留正确的单位。</translation>
        </message>
        <message>
            <source>Keep the value of one pixel</source>
            <translation>保留单个像素的数值</translation>
        </message>
        <message>
            <source>Keep the verdict with these words (Enter)</source>
            <translation>连同这些文字保存判断（Enter）</translation>
        </message>
        <message>
            <source>Keep the vital signs.</source>
            <translation>请保留生命体征。</translation>
        </message>
        <message>
            <source>Keep your verdicts for good, then show what the model says</source>
            <translation>先永久保存您的判断，再显示模型的结果</translation>
        </message>
        <message>
            <source>Keeping the list of opened places</source>
            <translation>正在保存最近打开的位置</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>按键</translation>
        </message>
        <message>
            <source>Key images</source>
            <translation>关键图像</translation>
        </message>
        <message>
            <source>Key images of this patient</source>
            <translation>该患者的关键图像</translation>
        </message>
        <message>
            <source>Key objects</source>
            <translation>关键图像</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>快捷键</translation>
        </message>
        <message>
            <source>Keys are changed in the settings</source>
            <translation>可在设置中修改快捷键</translation>
        </message>
        <message>
            <source>Keys for: {what}</source>
            <translation>快捷键：{what}</translation>
        </message>
        <message>
            <source>Keys that differ from the usual ones, by the name of the action.</source>
            <translation>与默认不同的快捷键，按操作名称列出。</translation>
        </message>
        <message>
            <source>Known by their content: {known}.</source>
            <translation>按内容可识别：{known}。</translation>
        </message>
        <message>
            <source>Korean</source>
            <translation>韩文</translation>
        </message>
        <message>
            <source>Laboratory</source>
            <translation>实验室检查</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Language of the window; patient data stay as they are.</source>
            <translation>窗口的语言；患者数据保持原样。</translation>
        </message>
        <message>
            <source>Last slice</source>
            <translation>末层</translation>
        </message>
        <message>
            <source>Layout</source>
            <translation>布局</translation>
        </message>
        <message>
            <source>Leave it</source>
            <translation>放弃</translation>
        </message>
        <message>
            <source>Leave out what was read and signed</source>
            <translation>不显示已读和已签名的病例</translation>
        </message>
        <message>
            <source>Leave the finding as it was (Esc)</source>
            <translation>保持该所见原样（Esc）</translation>
        </message>
        <message>
            <source>Leave the row chosen without a key</source>
            <translation>所选行不设快捷键</translation>
        </message>
        <message>
            <source>Leave the table out, or export it again with its values.</source>
            <translation>请略去该表格，或连同数值重新导出。</translation>
        </message>
        <message>
            <source>Left drag</source>
            <translation>左键拖动</translation>
        </message>
        <message>
            <source>Left out or blanked</source>
            <translation>略去或抹去</translation>
        </message>
        <message>
            <source>Left out or blanked: {n} characters, stretches: {stretches}</source>
            <translation>略去或抹去：{n} 个字符，共 {stretches} 段</translation>
        </message>
        <message>
            <source>Left the image as it is stored, right what the network got of it</source>
            <translation>左为存储的图像，右为网络得到的图像</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>长度</translation>
        </message>
        <message>
            <source>Let the active viewport fill the pane and back; a double click does the same</source>
            <translation>使当前视口占满窗格或还原；双击效果相同</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>窗位</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Lin&amp;k windows</source>
            <translation>联动窗宽窗位(&amp;K)</translation>
        </message>
        <message>
            <source>List of &amp;measurements</source>
            <translation>测量列表(&amp;M)</translation>
        </message>
        <message>
            <source>Log in on a desktop, use ssh -X, or install xvfb and run: xvfb-run -a python main.py</source>
            <translation>请在桌面登录、使用 ssh -X，或安装 xvfb 后运行：xvfb-run -a python main.py</translation>
        </message>
        <message>
            <source>Longest wait on the worklist</source>
            <translation>工作列表最长等待时间</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>外观</translation>
        </message>
        <message>
            <source>Look at the names of the two columns.</source>
            <translation>请核对这两列的列名。</translation>
        </message>
        <message>
            <source>Look for</source>
            <translation>查找</translation>
        </message>
        <message>
            <source>Looking at the last session</source>
            <translation>正在查看上次的会话</translation>
        </message>
        <message>
            <source>Looking for models</source>
            <translation>正在查找模型</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>Loss on the training part and mean AUROC on the validation part after each epoch</source>
            <translation>每轮之后训练部分的损失和验证部分的平均 AUROC</translation>
        </message>
        <message>
            <source>Lower it: {words}</source>
            <translation>使其降低：{words}</translation>
        </message>
        <message>
            <source>MIP</source>
            <translation>MIP</translation>
        </message>
        <message>
            <source>MR image</source>
            <translation>MR 图像</translation>
        </message>
        <message>
            <source>MR spectroscopy</source>
            <translation>磁共振波谱</translation>
        </message>
        <message>
            <source>MRN</source>
            <translation>病历号</translation>
        </message>
        <message>
            <source>Machine</source>
            <translation>机器</translation>
        </message>
        <message>
            <source>Magnify</source>
            <translation>放大</translation>
        </message>
        <message>
            <source>Magnify (+)</source>
            <translation>放大 (+)</translation>
        </message>
        <message>
            <source>Magnify the image</source>
            <translation>缩放图像</translation>
        </message>
        <message>
            <source>Make it again.</source>
            <translation>请重新制作。</translation>
        </message>
        <message>
            <source>Make room or choose another folder.</source>
            <translation>请腾出空间或选择其他文件夹。</translation>
        </message>
        <message>
            <source>Mar</source>
            <translation>3月</translation>
        </message>
        <message>
            <source>Mark as unread</source>
            <translation>标为未读</translation>
        </message>
        <message>
            <source>Mark the slice shown as a key image, or not</source>
            <translation>将当前层面标为关键图像，或取消标记</translation>
        </message>
        <message>
            <source>Marked as missing: {names}</source>
            <translation>标记为缺失：{names}</translation>
        </message>
        <message>
            <source>May</source>
            <translation>5月</translation>
        </message>
        <message>
            <source>May contain file names of this patient: look before you send it</source>
            <translation>可能含有该患者的文件名：发送前请查看</translation>
        </message>
        <message>
            <source>Mean, spread and area inside an outline</source>
            <translation>轮廓内的均值、离散度和面积</translation>
        </message>
        <message>
            <source>Mean, spread and area of a rectangle</source>
            <translation>矩形内的均值、离散度和面积</translation>
        </message>
        <message>
            <source>Mean, spread and area of an ellipse</source>
            <translation>椭圆内的均值、离散度和面积</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>测量</translation>
        </message>
        <message>
            <source>Measure a distance: drag, or click both ends</source>
            <translation>测量距离：拖动，或单击两端点</translation>
        </message>
        <message>
            <source>Measure an angle: an end, the vertex, the other end</source>
            <translation>测量角度：一端、顶点、另一端</translation>
        </message>
        <message>
            <source>Measure the angle of two lines</source>
            <translation>测量两条线的夹角</translation>
        </message>
        <message>
            <source>Measured on patients that were not trained on</source>
            <translation>在未参与训练的患者上测得</translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>测量</translation>
        </message>
        <message>
            <source>Measuring</source>
            <translation>正在测量</translation>
        </message>
        <message>
            <source>MedMM met a defect of its own and stopped this step.</source>
            <translation>MedMM 自身出现缺陷，已停止此步骤。</translation>
        </message>
        <message>
            <source>MedMM reads a patient's image, clinical note and vital signs together, scores findings with a multimodal model and shows what each score rests on.</source>
            <translation>MedMM 同时读取患者的图像、临床病历和生命体征，用多模态模型对各征象评分，并说明每个分值的依据。</translation>
        </message>
        <message>
            <source>MedMM, second window</source>
            <translation>MedMM，第二窗口</translation>
        </message>
        <message>
            <source>Medications</source>
            <translation>用药</translation>
        </message>
        <message>
            <source>Memory for images</source>
            <translation>图像内存上限</translation>
        </message>
        <message>
            <source>Memory is low: {left} MB are left.</source>
            <translation>内存不足：仅剩 {left} MB。</translation>
        </message>
        <message>
            <source>Memory of this window; the engine is a process of its own</source>
            <translation>本窗口占用的内存；引擎为独立进程</translation>
        </message>
        <message>
            <source>Memory ran out on {type} with one case; the CPU is used instead.</source>
            <translation>{type} 上一次一例时内存不足；改用 CPU。</translation>
        </message>
        <message>
            <source>Memory ran out on {type} with {size} cases at once; {half} are run now.</source>
            <translation>{type} 上一次 {size} 例时内存不足；现在一次运行 {half} 例。</translation>
        </message>
        <message>
            <source>Mend that line, or go on: at the next change it is put aside and a new one is begun.</source>
            <translation>请修正该行，或继续使用：下次更改时会将其移开并新建一个。</translation>
        </message>
        <message>
            <source>Mend that line.</source>
            <translation>请修正该行。</translation>
        </message>
        <message>
            <source>Middle drag</source>
            <translation>中键拖动</translation>
        </message>
        <message>
            <source>MinIP</source>
            <translation>MinIP</translation>
        </message>
        <message>
            <source>Mine</source>
            <translation>我的</translation>
        </message>
        <message>
            <source>Minimal</source>
            <translation>精简</translation>
        </message>
        <message>
            <source>Modality</source>
            <translation>模态</translation>
        </message>
        <message>
            <source>Modality table of {n} entries looked up</source>
            <translation>查模态查找表（{n} 项）</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Model {name} {version}, {runtime} on {device}, {precision}</source>
            <translation>模型 {name} {version}，{runtime}，运行于 {device}，{precision}</translation>
        </message>
        <message>
            <source>Moments of the recording that raised the score: {facts}.</source>
            <translation>录音中使分值升高的时刻：{facts}。</translation>
        </message>
        <message>
            <source>Month</source>
            <translation>月份</translation>
        </message>
        <message>
            <source>More tools</source>
            <translation>更多工具</translation>
        </message>
        <message>
            <source>Mount the folder of --out, or of --parts, at the same place on every machine, or name an address.</source>
            <translation>请在每台机器上将 --out 或 --parts 的文件夹挂载到相同位置，或指定一个地址。</translation>
        </message>
        <message>
            <source>Mouse wheel</source>
            <translation>鼠标滚轮</translation>
        </message>
        <message>
            <source>Move the image</source>
            <translation>移动图像</translation>
        </message>
        <message>
            <source>Move the preset chosen to the digit before</source>
            <translation>将所选预设移到前一个数字键</translation>
        </message>
        <message>
            <source>Move the preset chosen to the next digit</source>
            <translation>将所选预设移到后一个数字键</translation>
        </message>
        <message>
            <source>NM image</source>
            <translation>NM 图像</translation>
        </message>
        <message>
            <source>NVIDIA GPU (CUDA)</source>
            <translation>NVIDIA GPU (CUDA)</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Name a bundle's folder or archive.</source>
            <translation>请指定模型包的文件夹或压缩包。</translation>
        </message>
        <message>
            <source>Name a file, or a server as in postgresql://USER@HOST/DATABASE.</source>
            <translation>请指定一个文件，或形如 postgresql://USER@HOST/DATABASE 的服务器。</translation>
        </message>
        <message>
            <source>Name a folder whose subfolders are one patient each.</source>
            <translation>请指定一个文件夹，其中每个子文件夹为一名患者。</translation>
        </message>
        <message>
            <source>Name a folder with DICOM, PNG or JPEG images, .txt notes, a .csv of vital signs or .wav recordings; `medmm info` lists every file with its reason.</source>
            <translation>请指定含有 DICOM、PNG 或 JPEG 图像、.txt 病历、.csv 生命体征或 .wav 录音的文件夹；`medmm info` 会列出每个文件及其原因。</translation>
        </message>
        <message>
            <source>Name a folder with config.json, tokenizer.json and model.safetensors; nothing is downloaded, and pytorch_model.bin is not read.</source>
            <translation>请指定含 config.json、tokenizer.json 和 model.safetensors 的文件夹；不会下载任何内容，也不读取 pytorch_model.bin。</translation>
        </message>
        <message>
            <source>Name a result.json of `medmm score`.</source>
            <translation>请指定 `medmm score` 生成的 result.json。</translation>
        </message>
        <message>
            <source>Name or folder of the bundle that scores; empty for the shipped one.</source>
            <translation>用于评分的模型包名称或文件夹；留空则使用随附的模型包。</translation>
        </message>
        <message>
            <source>Name the folder of one with --model, or put it into {home}.</source>
            <translation>请用 --model 指定其文件夹，或将其放入 {home}。</translation>
        </message>
        <message>
            <source>Name the folder that was scored, or leave --patient away.</source>
            <translation>请指定评分时的文件夹，或省去 --patient。</translation>
        </message>
        <message>
            <source>Name them in the header, for example temperature_c or heart_rate, or under [columns] in medmm.toml.</source>
            <translation>请在表头中命名，例如 temperature_c 或 heart_rate，或写在 medmm.toml 的 [columns] 中。</translation>
        </message>
        <message>
            <source>Ne&amp;wer study</source>
            <translation>较新的检查(&amp;W)</translation>
        </message>
        <message>
            <source>Near to the network: the vectors that it makes of the inputs point the same way (1 = exactly). Nothing else is known to be alike, and no number above depends on these cases.</source>
            <translation>“相近”是对网络而言：网络由各输入得到的向量方向一致（1 = 完全一致）。除此之外并不知道有何相似，上面的任何数值都不依赖这些病例。</translation>
        </message>
        <message>
            <source>Nearest of {n} by {inputs}; similarity {most} to {least}.</source>
            <translation>按{inputs}在 {n} 例中最接近；相似度 {most} 至 {least}。</translation>
        </message>
        <message>
            <source>Negative findings: {names}</source>
            <translation>阴性征象：{names}</translation>
        </message>
        <message>
            <source>Neither an image nor a note, vital signs or a recording.</source>
            <translation>既不是图像，也不是病历、生命体征或录音。</translation>
        </message>
        <message>
            <source>New keys</source>
            <translation>新快捷键</translation>
        </message>
        <message>
            <source>New preset</source>
            <translation>新预设</translation>
        </message>
        <message>
            <source>Next &amp;series</source>
            <translation>下一个序列(&amp;S)</translation>
        </message>
        <message>
            <source>Next &amp;without a verdict</source>
            <translation>下一项未判断的(&amp;W)</translation>
        </message>
        <message>
            <source>Next ke&amp;y image</source>
            <translation>下一幅关键图像(&amp;Y)</translation>
        </message>
        <message>
            <source>Next place (F3)</source>
            <translation>下一处 (F3)</translation>
        </message>
        <message>
            <source>Next place of the words looked for in the note</source>
            <translation>病历中所查词语的下一处</translation>
        </message>
        <message>
            <source>Next slice</source>
            <translation>下一层</translation>
        </message>
        <message>
            <source>Nine images in three rows</source>
            <translation>九幅图像，三行</translation>
        </message>
        <message>
            <source>No &amp;opinion</source>
            <translation>无意见(&amp;O)</translation>
        </message>
        <message>
            <source>No batch is open.</source>
            <translation>没有打开的批次。</translation>
        </message>
        <message>
            <source>No case is like this.</source>
            <translation>没有符合条件的病例。</translation>
        </message>
        <message>
            <source>No case was found yet.</source>
            <translation>尚未找到病例。</translation>
        </message>
        <message>
            <source>No conformal decision by inputs can be made: the model's bundle holds no calibration scores by pattern of inputs. What is uncertain follows from all its calibration cases together, whatever inputs they had.</source>
            <translation>无法按输入组合作出共形判定：模型包中没有按输入组合的校准分数。“不确定”由其全部校准病例共同得出，不论它们有哪些输入。</translation>
        </message>
        <message>
            <source>No conformal decision can be made: the model's bundle holds no calibration scores. The threshold alone decides, and nothing is ever called uncertain.</source>
            <translation>无法作出共形判定：模型包中没有校准分数。仅由阈值判定，任何征象都不会被称为不确定。</translation>
        </message>
        <message>
            <source>No conformal decision can be made: the scores are not calibrated. The threshold alone decides, and nothing is ever called uncertain.</source>
            <translation>无法作出共形判定：分数未经校准。仅由阈值判定，任何征象都不会被称为不确定。</translation>
        </message>
        <message>
            <source>No file is shown.</source>
            <translation>未显示文件。</translation>
        </message>
        <message>
            <source>No finding is selected</source>
            <translation>未选择征象</translation>
        </message>
        <message>
            <source>No heat map: hiding what {method} shows lowered the scores of {n} test maps no more than hiding other places (p {p:.2g}).</source>
            <translation>无热图：在 {n} 张测试热图中，遮住 {method} 所示位置并不比遮住其他位置更多地降低分值（p {p:.2g}）。</translation>
        </message>
        <message>
            <source>No heat map: of {n} test maps of {finding} by {method} the hottest cell touched it in {hits:.0f} %, {limit:.0f} % needed.</source>
            <translation>无热图：{method} 对“{finding}”的 {n} 张测试热图中，最热单元触及所见的占 {hits:.0f} %，至少需要 {limit:.0f} %。</translation>
        </message>
        <message>
            <source>No heat map: {method} draws a like map for a network that has learnt nothing (rank correlation {agreement:.2f}, below {limit} needed).</source>
            <translation>无热图：对没有学到任何内容的网络，{method} 也画出相似的热图（秩相关 {agreement:.2f}，需低于 {limit}）。</translation>
        </message>
        <message>
            <source>No item holds these words.</source>
            <translation>没有包含这些词的条目。</translation>
        </message>
        <message>
            <source>No key</source>
            <translation>无快捷键</translation>
        </message>
        <message>
            <source>No key image. K marks the slice shown.</source>
            <translation>没有关键图像。按 K 键标记当前层面。</translation>
        </message>
        <message>
            <source>No limit</source>
            <translation>无限制</translation>
        </message>
        <message>
            <source>No map is shown for a finding that is {decision}.</source>
            <translation>判定为{decision}的征象不显示热图。</translation>
        </message>
        <message>
            <source>No map: the image was not used, or it was not explained.</source>
            <translation>无热图：未使用图像，或未生成解释。</translation>
        </message>
        <message>
            <source>No map: the recording was not used, or it was not explained.</source>
            <translation>无热图：未使用录音，或未生成解释。</translation>
        </message>
        <message>
            <source>No map: {reason}</source>
            <translation>无热图：{reason}</translation>
        </message>
        <message>
            <source>No model is loaded.</source>
            <translation>未加载模型。</translation>
        </message>
        <message>
            <source>No note was read.</source>
            <translation>没有读取病历。</translation>
        </message>
        <message>
            <source>No opinion</source>
            <translation>无意见</translation>
        </message>
        <message>
            <source>No other model is installed</source>
            <translation>没有安装其他模型</translation>
        </message>
        <message>
            <source>No padding: {shape}</source>
            <translation>无需填充：{shape}</translation>
        </message>
        <message>
            <source>No patient open</source>
            <translation>未打开患者</translation>
        </message>
        <message>
            <source>No presentation state refers to this image</source>
            <translation>没有引用此图像的显示状态</translation>
        </message>
        <message>
            <source>No regular file (a pipe, socket or device); it was not opened.</source>
            <translation>不是普通文件（管道、套接字或设备）；未打开。</translation>
        </message>
        <message>
            <source>No reliable location (stability {stability:.2f}, at least {needed:.2f} needed).</source>
            <translation>没有可靠的位置（稳定性 {stability:.2f}，至少需要 {needed:.2f}）。</translation>
        </message>
        <message>
            <source>No report, PDF or presentation state among this patient's files.</source>
            <translation>该患者的文件中没有报告、PDF 或显示状态。</translation>
        </message>
        <message>
            <source>No row holds these words.</source>
            <translation>没有包含这些词的行。</translation>
        </message>
        <message>
            <source>No rule can turn this sentence round, so it was taken out: “{sentence}”</source>
            <translation>没有规则能把此句改为相反，故将其删去：“{sentence}”</translation>
        </message>
        <message>
            <source>No setting has these words.</source>
            <translation>没有包含这些词的设置。</translation>
        </message>
        <message>
            <source>No usable value of: {missing}.</source>
            <translation>没有可用值：{missing}。</translation>
        </message>
        <message>
            <source>No vital sign was read.</source>
            <translation>没有读取生命体征。</translation>
        </message>
        <message>
            <source>No vital sign was taken in the {window_hours:g} hours before the index time {index_time:%Y-%m-%d %H:%M}.</source>
            <translation>在基准时间 {index_time:%Y-%m-%d %H:%M} 之前的 {window_hours:g} 小时内没有测量生命体征。</translation>
        </message>
        <message>
            <source>No word of the note weighs anything for this finding, or the note was not used.</source>
            <translation>病历中没有词语影响该征象，或未使用病历。</translation>
        </message>
        <message>
            <source>No {names}</source>
            <translation>无{names}</translation>
        </message>
        <message>
            <source>Nodule</source>
            <translation>结节</translation>
        </message>
        <message>
            <source>Noise reduced, strength {gate} (0: not); brought to level {level}</source>
            <translation>降噪强度 {gate}（0：不做）；音量调至 {level}</translation>
        </message>
        <message>
            <source>None</source>
            <translation>无</translation>
        </message>
        <message>
            <source>None: as the file says</source>
            <translation>无：按文件原样显示</translation>
        </message>
        <message>
            <source>Not a medical device. Not for diagnosis or treatment.</source>
            <translation>非医疗器械。不得用于诊断或治疗。</translation>
        </message>
        <message>
            <source>Not kept</source>
            <translation>未保存</translation>
        </message>
        <message>
            <source>Not measured in this table: {missing}.</source>
            <translation>此表中未测量：{missing}。</translation>
        </message>
        <message>
            <source>Not measured: the model took its default</source>
            <translation>未测量：模型采用了默认值</translation>
        </message>
        <message>
            <source>Not reviewed yet.</source>
            <translation>尚未审阅。</translation>
        </message>
        <message>
            <source>Not run again yet.</source>
            <translation>尚未重新运行。</translation>
        </message>
        <message>
            <source>Not scored yet. Look at the image first, then press Score.</source>
            <translation>尚未评分。请先阅片，再按“评分”。</translation>
        </message>
        <message>
            <source>Not scored. {reason}</source>
            <translation>未评分。{reason}</translation>
        </message>
        <message>
            <source>Not scored: the inputs name different patients. See the bar above.</source>
            <translation>未评分：各输入的患者身份不一致。见上方提示条。</translation>
        </message>
        <message>
            <source>Not used</source>
            <translation>未使用</translation>
        </message>
        <message>
            <source>Not used by MedMM: {unused}{more}.</source>
            <translation>MedMM 未使用：{unused}{more}。</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>病历</translation>
        </message>
        <message>
            <source>Note {number}, characters {start} to {end}, {reason}: “{text}”</source>
            <translation>病历 {number}，第 {start} 至 {end} 个字符，{reason}：“{text}”</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>病历</translation>
        </message>
        <message>
            <source>Nothing cropped: all {rows} rows and {cols} columns</source>
            <translation>未裁剪：全部 {rows} 行 {cols} 列</translation>
        </message>
        <message>
            <source>Nothing else was lost. Copy the details and send them to whoever maintains MedMM for you.</source>
            <translation>其他内容均未丢失。请复制详情并发送给 MedMM 维护人员。</translation>
        </message>
        <message>
            <source>Nothing found.</source>
            <translation>未找到。</translation>
        </message>
        <message>
            <source>Nothing is known to be wrong with the file. Start MedMM again; `medmm doctor` names what is missing.</source>
            <translation>文件本身未见问题。请重新启动 MedMM；`medmm doctor` 会指出缺少什么。</translation>
        </message>
        <message>
            <source>Nothing is left to read here.</source>
            <translation>这里没有待阅读的病例。</translation>
        </message>
        <message>
            <source>Nothing is measured yet. Choose a tool in the Measure menu and drag on the image.</source>
            <translation>尚无测量。请在“测量”菜单中选择工具，并在图像上拖动。</translation>
        </message>
        <message>
            <source>Nothing is reviewed yet. Verdicts are given below the findings of a scored patient.</source>
            <translation>尚无审阅记录。在已评分患者的所见下方给出判断。</translation>
        </message>
        <message>
            <source>Nothing is shown here.</source>
            <translation>此处未显示内容。</translation>
        </message>
        <message>
            <source>Nothing of the {kind} could be used.</source>
            <translation>“{kind}”中没有可用的内容。</translation>
        </message>
        <message>
            <source>Nothing was changed. Allow MedMM to write to its own folder and open the patient again.</source>
            <translation>未作任何更改。请允许 MedMM 写入自己的文件夹，然后重新打开该患者。</translation>
        </message>
        <message>
            <source>Nothing was changed. Check the disk of MedMM's own folder and open the patient again.</source>
            <translation>未作任何更改。请检查 MedMM 自己的文件夹所在磁盘，然后重新打开该患者。</translation>
        </message>
        <message>
            <source>Nothing was opened yet</source>
            <translation>尚未打开任何内容</translation>
        </message>
        <message>
            <source>Nothing was read, so nothing is scored.</source>
            <translation>未读取任何内容，因此没有评分。</translation>
        </message>
        <message>
            <source>Nothing was scored.</source>
            <translation>未进行评分。</translation>
        </message>
        <message>
            <source>Nothing was scored. Take the wrong file out of the folder.</source>
            <translation>未进行评分。请把错误的文件移出文件夹。</translation>
        </message>
        <message>
            <source>Nothing: the whole note was read.</source>
            <translation>无：整份病历都已读取。</translation>
        </message>
        <message>
            <source>Noting it on the worklist</source>
            <translation>正在记入工作列表</translation>
        </message>
        <message>
            <source>Nov</source>
            <translation>11月</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>现在</translation>
        </message>
        <message>
            <source>Numbers are calibrated probabilities.</source>
            <translation>数值为校准概率。</translation>
        </message>
        <message>
            <source>Numbers are uncalibrated scores.</source>
            <translation>数值为未校准的分值。</translation>
        </message>
        <message>
            <source>Object</source>
            <translation>对象</translation>
        </message>
        <message>
            <source>Oct</source>
            <translation>10月</translation>
        </message>
        <message>
            <source>Of {n} findings the decision differs in {flipped}, the number by more than 0.1 in {large}.</source>
            <translation>{n} 个征象中，{flipped} 个判断不同，{large} 个数值相差超过 0.1。</translation>
        </message>
        <message>
            <source>Offer them</source>
            <translation>提示打开</translation>
        </message>
        <message>
            <source>On</source>
            <translation>开启</translation>
        </message>
        <message>
            <source>On the image</source>
            <translation>图像上</translation>
        </message>
        <message>
            <source>One image</source>
            <translation>一幅图像</translation>
        </message>
        <message>
            <source>One of them is not calibrated: the differences are those of the raw scores.</source>
            <translation>其中一个未校准：差异按原始分数计算。</translation>
        </message>
        <message>
            <source>One or three samples of 1, 8, 16 or 32 bits can be shown.</source>
            <translation>可显示每像素 1 个或 3 个样本、1、8、16 或 32 位的图像。</translation>
        </message>
        <message>
            <source>One series holds {n_parts} stacks ({names}); they are opened apart.</source>
            <translation>一个序列含 {n_parts} 个堆叠（{names}）；已分别打开。</translation>
        </message>
        <message>
            <source>One series holds {n_stacks} stacks that do not fit together and are opened apart: {found}.</source>
            <translation>一个序列含 {n_stacks} 个互不相合的堆叠，已分别打开：{found}。</translation>
        </message>
        <message>
            <source>One slice of {n_frames} is shown while the others are being read.</source>
            <translation>其他层面正在读取，现显示 {n_frames} 层中的一层。</translation>
        </message>
        <message>
            <source>One source</source>
            <translation>一个来源</translation>
        </message>
        <message>
            <source>One viewport alone, or all again</source>
            <translation>仅显示一个视口，或恢复全部</translation>
        </message>
        <message>
            <source>Only DICOM files have a header to look at.</source>
            <translation>只有 DICOM 文件有头信息可看。</translation>
        </message>
        <message>
            <source>Only the cases that are assigned to the reader's name of the settings</source>
            <translation>仅显示分配给设置中阅片者姓名的病例</translation>
        </message>
        <message>
            <source>Only what is on the screen is in memory; close patients or other programs.</source>
            <translation>内存中只剩屏幕上的图像；请关闭患者或其他程序。</translation>
        </message>
        <message>
            <source>Only {letters:.0f} of 100 characters of the note are letters; it is no running text.</source>
            <translation>记录中每 100 个字符仅 {letters:.0f} 个是文字；这不是连续的文本。</translation>
        </message>
        <message>
            <source>Only {n_read:,} of {n_tokens:,} tokens of the note were read; the rest is beyond the model's limit.</source>
            <translation>记录的 {n_tokens:,} 个词元中仅读取了 {n_read:,} 个；其余超出模型的上限。</translation>
        </message>
        <message>
            <source>Only {share:.0f} of 100 pixels are exposed; the rest is an empty border.</source>
            <translation>每 100 个像素仅 {share:.0f} 个有曝光；其余是空白边缘。</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Open &amp;files...</source>
            <translation>打开文件(&amp;F)...</translation>
        </message>
        <message>
            <source>Open &amp;recent</source>
            <translation>最近打开(&amp;R)</translation>
        </message>
        <message>
            <source>Open a folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <source>Open a patient folder</source>
            <translation>打开一个患者文件夹</translation>
        </message>
        <message>
            <source>Open a patient folder to see its images, note and vital signs.</source>
            <translation>打开患者文件夹，查看其图像、病历和生命体征。</translation>
        </message>
        <message>
            <source>Open all sections</source>
            <translation>展开所有小节</translation>
        </message>
        <message>
            <source>Open case</source>
            <translation>打开病例</translation>
        </message>
        <message>
            <source>Open fewer slices.</source>
            <translation>请打开较少的层面。</translation>
        </message>
        <message>
            <source>Open files or an archive of one patient</source>
            <translation>打开一位患者的文件或压缩包</translation>
        </message>
        <message>
            <source>Open files, an archive or a DICOMDIR</source>
            <translation>打开文件、压缩包或 DICOMDIR</translation>
        </message>
        <message>
            <source>Open it as an image.</source>
            <translation>请作为图像打开。</translation>
        </message>
        <message>
            <source>Open it from the File menu if you want to try it again.</source>
            <translation>如需再试，请从“文件”菜单打开。</translation>
        </message>
        <message>
            <source>Open its folder instead; the files are then found by their content.</source>
            <translation>请改为打开其文件夹；届时按内容查找文件。</translation>
        </message>
        <message>
            <source>Open patient folder</source>
            <translation>打开患者文件夹</translation>
        </message>
        <message>
            <source>Open the &amp;last session</source>
            <translation>打开上次的患者(&amp;L)</translation>
        </message>
        <message>
            <source>Open the &amp;sample patient</source>
            <translation>打开示例患者(&amp;S)</translation>
        </message>
        <message>
            <source>Open the case chosen and score it in the window (Enter)</source>
            <translation>打开所选病例并在窗口中评分（回车）</translation>
        </message>
        <message>
            <source>Open the file that was written</source>
            <translation>打开已写出的文件</translation>
        </message>
        <message>
            <source>Open the folder itself instead.</source>
            <translation>请改为打开文件夹本身。</translation>
        </message>
        <message>
            <source>Open the last session</source>
            <translation>打开上次的患者</translation>
        </message>
        <message>
            <source>Open the parts of the series one by one.</source>
            <translation>请逐一打开该序列的各部分。</translation>
        </message>
        <message>
            <source>Open the patient again.</source>
            <translation>请重新打开该患者。</translation>
        </message>
        <message>
            <source>Open the patient that ships with MedMM</source>
            <translation>打开 MedMM 随附的患者</translation>
        </message>
        <message>
            <source>Open the patients that were open when MedMM was closed</source>
            <translation>打开上次关闭 MedMM 时打开的患者</translation>
        </message>
        <message>
            <source>Open the sample patient</source>
            <translation>打开示例患者</translation>
        </message>
        <message>
            <source>Open them</source>
            <translation>直接打开</translation>
        </message>
        <message>
            <source>Open them one by one.</source>
            <translation>请逐一打开。</translation>
        </message>
        <message>
            <source>Open this section</source>
            <translation>展开此节</translation>
        </message>
        <message>
            <source>Open: {title}</source>
            <translation>打开：{title}</translation>
        </message>
        <message>
            <source>Opened patients appear here.</source>
            <translation>打开的患者显示在这里。</translation>
        </message>
        <message>
            <source>Opened patients, studies and series</source>
            <translation>已打开的患者、检查和序列</translation>
        </message>
        <message>
            <source>Opened places are not remembered</source>
            <translation>不记录打开过的位置</translation>
        </message>
        <message>
            <source>Opening a batch</source>
            <translation>正在打开批次</translation>
        </message>
        <message>
            <source>Opening the batch.</source>
            <translation>正在打开批次。</translation>
        </message>
        <message>
            <source>Or drop a folder, an archive or files anywhere on this window.</source>
            <translation>也可将文件夹、压缩包或文件拖放到窗口任意位置。</translation>
        </message>
        <message>
            <source>Other folder...</source>
            <translation>其他文件夹...</translation>
        </message>
        <message>
            <source>Outcome</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Output folder</source>
            <translation>输出文件夹</translation>
        </message>
        <message>
            <source>Overlay</source>
            <translation>叠加图</translation>
        </message>
        <message>
            <source>Overrule the model on the selected finding; the reason may stay empty</source>
            <translation>对选中的所见否定模型的结论；理由可以留空</translation>
        </message>
        <message>
            <source>Overruled</source>
            <translation>否定</translation>
        </message>
        <message>
            <source>PDF</source>
            <translation>PDF</translation>
        </message>
        <message>
            <source>PDF document</source>
            <translation>PDF 文档</translation>
        </message>
        <message>
            <source>PET image</source>
            <translation>PET 图像</translation>
        </message>
        <message>
            <source>Padded to {shape}</source>
            <translation>填充至 {shape}</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>页</translation>
        </message>
        <message>
            <source>Page Up and Page Down turn the page; Ctrl and the wheel magnify</source>
            <translation>Page Up 和 Page Down 翻页；Ctrl 加滚轮缩放</translation>
        </message>
        <message>
            <source>Pan</source>
            <translation>平移</translation>
        </message>
        <message>
            <source>Part of the folder's name or of the patient ID</source>
            <translation>文件夹名或患者 ID 的一部分</translation>
        </message>
        <message>
            <source>Past history</source>
            <translation>既往史</translation>
        </message>
        <message>
            <source>Paths may name patients: off empties the list and keeps nothing</source>
            <translation>路径可能含患者姓名：关闭后清空列表且不再记录</translation>
        </message>
        <message>
            <source>Patient ID</source>
            <translation>患者 ID</translation>
        </message>
        <message>
            <source>Patients of the last session</source>
            <translation>上次打开的患者</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>Paused: the cases at hand are being kept. Go on whenever you like.</source>
            <translation>已暂停：手头的病例会被保存。可随时继续。</translation>
        </message>
        <message>
            <source>Photometric Interpretation is missing; small values are shown black.</source>
            <translation>缺少 Photometric Interpretation；小值显示为黑色。</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>诊疗计划</translation>
        </message>
        <message>
            <source>Planes</source>
            <translation>平面</translation>
        </message>
        <message>
            <source>Planes are cut from grey values; this series is in colour</source>
            <translation>平面由灰度值切出；该序列为彩色</translation>
        </message>
        <message>
            <source>Planes need the whole series, and it is still being read</source>
            <translation>平面需要整个序列，而序列仍在读取</translation>
        </message>
        <message>
            <source>Play as &amp;cine</source>
            <translation>电影播放(&amp;C)</translation>
        </message>
        <message>
            <source>Play as &amp;cine ({rate:g} a second)</source>
            <translation>电影播放，每秒 {rate:g} 帧(&amp;C)</translation>
        </message>
        <message>
            <source>Play faster</source>
            <translation>加快播放</translation>
        </message>
        <message>
            <source>Play slower</source>
            <translation>减慢播放</translation>
        </message>
        <message>
            <source>Play the slices as a film, and stop</source>
            <translation>以电影方式播放各层面，再次触发则停止</translation>
        </message>
        <message>
            <source>Please report this.</source>
            <translation>请报告此问题。</translation>
        </message>
        <message>
            <source>Pleural effusion</source>
            <translation>胸腔积液</translation>
        </message>
        <message>
            <source>Pneumonia</source>
            <translation>肺炎</translation>
        </message>
        <message>
            <source>Pneumothorax</source>
            <translation>气胸</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>点</translation>
        </message>
        <message>
            <source>Polarity kept ({photometric})</source>
            <translation>极性不变（{photometric}）</translation>
        </message>
        <message>
            <source>Portuguese</source>
            <translation>葡萄牙文</translation>
        </message>
        <message>
            <source>Positive</source>
            <translation>阳性数</translation>
        </message>
        <message>
            <source>Positive finding</source>
            <translation>阳性所见</translation>
        </message>
        <message>
            <source>Pre&amp;vious finding</source>
            <translation>上一项所见(&amp;V)</translation>
        </message>
        <message>
            <source>Preparing planes</source>
            <translation>正在准备平面</translation>
        </message>
        <message>
            <source>Preparing: patients are simulated or read once, then training begins.</source>
            <translation>正在准备：先模拟或读取患者，然后开始训练。</translation>
        </message>
        <message>
            <source>Present</source>
            <translation>有</translation>
        </message>
        <message>
            <source>Present illness</source>
            <translation>现病史</translation>
        </message>
        <message>
            <source>Presentation s&amp;tates...</source>
            <translation>显示状态(&amp;T)...</translation>
        </message>
        <message>
            <source>Presentation state</source>
            <translation>显示状态</translation>
        </message>
        <message>
            <source>Presentation states</source>
            <translation>显示状态</translation>
        </message>
        <message>
            <source>Press the new keys here</source>
            <translation>在此按下新的快捷键</translation>
        </message>
        <message>
            <source>Previous place (Shift+F3)</source>
            <translation>上一处 (Shift+F3)</translation>
        </message>
        <message>
            <source>Previous result; a new one is being made.</source>
            <translation>此为先前结果；正在生成新结果。</translation>
        </message>
        <message>
            <source>Previous s&amp;eries</source>
            <translation>上一个序列(&amp;E)</translation>
        </message>
        <message>
            <source>Previous slice</source>
            <translation>上一层</translation>
        </message>
        <message>
            <source>Private element</source>
            <translation>私有元素</translation>
        </message>
        <message>
            <source>Private only</source>
            <translation>仅私有元素</translation>
        </message>
        <message>
            <source>Pro&amp;be</source>
            <translation>探针(&amp;B)</translation>
        </message>
        <message>
            <source>Probe</source>
            <translation>探针</translation>
        </message>
        <message>
            <source>Progress of the background work</source>
            <translation>后台任务进度</translation>
        </message>
        <message>
            <source>Progress of the batch</source>
            <translation>批次进度</translation>
        </message>
        <message>
            <source>Progress of the run</source>
            <translation>运行进度</translation>
        </message>
        <message>
            <source>Progress of the training</source>
            <translation>训练进度</translation>
        </message>
        <message>
            <source>Projection of the slab</source>
            <translation>厚层投影方式</translation>
        </message>
        <message>
            <source>Pulmonary edema</source>
            <translation>肺水肿</translation>
        </message>
        <message>
            <source>Put the cases chosen back on the list</source>
            <translation>将所选病例放回列表</translation>
        </message>
        <message>
            <source>Put the same bundle on every machine.</source>
            <translation>请在每台机器上放置相同的模型包。</translation>
        </message>
        <message>
            <source>Putting cases in order</source>
            <translation>正在排列病例</translation>
        </message>
        <message>
            <source>Putting failed cases back</source>
            <translation>正在放回失败的病例</translation>
        </message>
        <message>
            <source>R&amp;un again and compare...</source>
            <translation>重新运行并比较(&amp;U)...</translation>
        </message>
        <message>
            <source>RESEARCH USE ONLY</source>
            <translation>仅供研究使用</translation>
        </message>
        <message>
            <source>RR</source>
            <translation>呼吸</translation>
        </message>
        <message>
            <source>Raise it: {words}</source>
            <translation>使其升高：{words}</translation>
        </message>
        <message>
            <source>Ray cannot be used on {address}: {reason}</source>
            <translation>无法使用 {address} 上的 Ray：{reason}</translation>
        </message>
        <message>
            <source>Re&amp;member opened places</source>
            <translation>记录打开过的位置(&amp;M)</translation>
        </message>
        <message>
            <source>Re&amp;name</source>
            <translation>重命名(&amp;N)</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>已读取</translation>
        </message>
        <message>
            <source>Read stored, modality and SUV values at the pointer</source>
            <translation>读取光标处的存储值、模态值和 SUV</translation>
        </message>
        <message>
            <source>Read the patient again and score it once more; the report then shows what was scored.</source>
            <translation>请重新读取该患者并再次评分；报告随后显示所评分的内容。</translation>
        </message>
        <message>
            <source>Read the patient shown once more</source>
            <translation>重新读取当前患者</translation>
        </message>
        <message>
            <source>Read the series slice by slice.</source>
            <translation>请逐层阅读该序列。</translation>
        </message>
        <message>
            <source>Reader</source>
            <translation>读片者</translation>
        </message>
        <message>
            <source>Reader's first look</source>
            <translation>阅片者先看</translation>
        </message>
        <message>
            <source>Reader's name</source>
            <translation>读片者姓名</translation>
        </message>
        <message>
            <source>Reader: {verdict}</source>
            <translation>读片者：{verdict}</translation>
        </message>
        <message>
            <source>Reading a document</source>
            <translation>正在读取文档</translation>
        </message>
        <message>
            <source>Reading a patient</source>
            <translation>正在读取患者</translation>
        </message>
        <message>
            <source>Reading a presentation state</source>
            <translation>正在读取显示状态</translation>
        </message>
        <message>
            <source>Reading a series</source>
            <translation>正在读取序列</translation>
        </message>
        <message>
            <source>Reading the hanging protocols</source>
            <translation>正在读取挂片协议</translation>
        </message>
        <message>
            <source>Reading the header</source>
            <translation>正在读取文件头</translation>
        </message>
        <message>
            <source>Reading the key images</source>
            <translation>正在读取关键图像</translation>
        </message>
        <message>
            <source>Reading the list of cases</source>
            <translation>正在读取病例列表</translation>
        </message>
        <message>
            <source>Reading the measurements</source>
            <translation>正在读取测量结果</translation>
        </message>
        <message>
            <source>Reading the reviews</source>
            <translation>正在读取审阅记录</translation>
        </message>
        <message>
            <source>Reading the series</source>
            <translation>正在读取该序列</translation>
        </message>
        <message>
            <source>Reading: {step}</source>
            <translation>读取：{step}</translation>
        </message>
        <message>
            <source>Readings</source>
            <translation>读片数</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>理由</translation>
        </message>
        <message>
            <source>Reason for its place</source>
            <translation>排位原因</translation>
        </message>
        <message>
            <source>Reason, at least {n} characters</source>
            <translation>理由，至少 {n} 个字符</translation>
        </message>
        <message>
            <source>Reason, may stay empty</source>
            <translation>理由，可留空</translation>
        </message>
        <message>
            <source>Rec&amp;tangle</source>
            <translation>矩形(&amp;T)</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>运行记录</translation>
        </message>
        <message>
            <source>Rectangle</source>
            <translation>矩形</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>重做</translation>
        </message>
        <message>
            <source>Refused {n}</source>
            <translation>拒绝 {n}</translation>
        </message>
        <message>
            <source>Region</source>
            <translation>区域</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>否定</translation>
        </message>
        <message>
            <source>Relation</source>
            <translation>关系</translation>
        </message>
        <message>
            <source>Remember recent patients</source>
            <translation>记住最近的患者</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Remove the file or write the note into it.</source>
            <translation>请删除该文件，或把病历写入其中。</translation>
        </message>
        <message>
            <source>Remove the preset chosen</source>
            <translation>移除所选预设</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>重命名</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>报告</translation>
        </message>
        <message>
            <source>Reports, PDF and presentation states of this patient</source>
            <translation>该患者的报告、PDF 和显示状态</translation>
        </message>
        <message>
            <source>Resampled to {rate} Hz</source>
            <translation>重采样至 {rate} Hz</translation>
        </message>
        <message>
            <source>Resampled to {shape} (bilinear, antialiased), {factor} stored pixels each</source>
            <translation>重采样至 {shape}（双线性、抗混叠），每像素对应 {factor} 个存储像素</translation>
        </message>
        <message>
            <source>Resampled: these planes stand at right angles to slices that were sheared by {tilt:.1f} degrees.</source>
            <translation>重采样：这些平面与错切 {tilt:.1f} 度的层面成直角。</translation>
        </message>
        <message>
            <source>Rese&amp;t the view</source>
            <translation>重置视图(&amp;T)</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>重置</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>全部重置</translation>
        </message>
        <message>
            <source>Reset view</source>
            <translation>重置视图</translation>
        </message>
        <message>
            <source>Reset: {name}</source>
            <translation>重置：{name}</translation>
        </message>
        <message>
            <source>Respiratory rate</source>
            <translation>呼吸频率</translation>
        </message>
        <message>
            <source>Results of the batch to compare with, the earlier one</source>
            <translation>要比较的较早批次的结果</translation>
        </message>
        <message>
            <source>Retry failed</source>
            <translation>重试失败项</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>审阅</translation>
        </message>
        <message>
            <source>Review of systems</source>
            <translation>系统回顾</translation>
        </message>
        <message>
            <source>Right click</source>
            <translation>右键单击</translation>
        </message>
        <message>
            <source>Right drag</source>
            <translation>右键拖动</translation>
        </message>
        <message>
            <source>Rows appear here as soon as cases are found.</source>
            <translation>找到病例后，行会出现在这里。</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>运行</translation>
        </message>
        <message>
            <source>Run again</source>
            <translation>重新运行</translation>
        </message>
        <message>
            <source>Run again and compare</source>
            <translation>重新运行并比较</translation>
        </message>
        <message>
            <source>Run installer/bootstrap.py again.</source>
            <translation>请重新运行 installer/bootstrap.py。</translation>
        </message>
        <message>
            <source>Run this on a machine of the cluster; `ray status` there tells whether its head answers.</source>
            <translation>请在集群中的机器上运行；在该机器上用 `ray status` 可查看主节点是否响应。</translation>
        </message>
        <message>
            <source>S&amp;core a folder of patients...</source>
            <translation>对文件夹中的患者批量评分(&amp;C)...</translation>
        </message>
        <message>
            <source>SD {value}</source>
            <translation>标准差 {value}</translation>
        </message>
        <message>
            <source>SUV cannot be computed: {missing}.</source>
            <translation>无法计算 SUV：{missing}。</translation>
        </message>
        <message>
            <source>Said after the AI value was shown</source>
            <translation>在看到 AI 数值之后判断</translation>
        </message>
        <message>
            <source>Said before the AI value was shown</source>
            <translation>在看到 AI 数值之前判断</translation>
        </message>
        <message>
            <source>Said before the AI value was shown: {call}</source>
            <translation>在看到 AI 数值之前判断：{call}</translation>
        </message>
        <message>
            <source>Save PDF...</source>
            <translation>保存 PDF...</translation>
        </message>
        <message>
            <source>Save all changes, the largest first</source>
            <translation>保存全部变化，最大的在前</translation>
        </message>
        <message>
            <source>Save as CSV...</source>
            <translation>另存为 CSV...</translation>
        </message>
        <message>
            <source>Save every review as one line, without anything that names a patient</source>
            <translation>每条审阅保存为一行，不含任何可识别患者的内容</translation>
        </message>
        <message>
            <source>Save it again as UTF-8.</source>
            <translation>请重新保存为 UTF-8。</translation>
        </message>
        <message>
            <source>Save it as UTF-8; a note's encoding (gb18030, cp1252, ...) can be declared as note_encoding in medmm.toml.</source>
            <translation>请保存为 UTF-8；病历的编码（gb18030、cp1252 等）可在 medmm.toml 中以 note_encoding 声明。</translation>
        </message>
        <message>
            <source>Save it to a file and open it with a program that asks for the password.</source>
            <translation>请保存为文件，并用可输入密码的程序打开。</translation>
        </message>
        <message>
            <source>Save its text as .txt in UTF-8.</source>
            <translation>请将其文本保存为 UTF-8 的 .txt。</translation>
        </message>
        <message>
            <source>Save its text as .txt.</source>
            <translation>请将其文本保存为 .txt。</translation>
        </message>
        <message>
            <source>Save the PDF</source>
            <translation>保存 PDF</translation>
        </message>
        <message>
            <source>Save the changes</source>
            <translation>保存变化</translation>
        </message>
        <message>
            <source>Save the import report</source>
            <translation>保存导入报告</translation>
        </message>
        <message>
            <source>Save the list of cases</source>
            <translation>保存病例列表</translation>
        </message>
        <message>
            <source>Save the recording as uncompressed WAV (PCM).</source>
            <translation>请将录音保存为未压缩的 WAV（PCM）。</translation>
        </message>
        <message>
            <source>Save the reviews</source>
            <translation>保存审阅记录</translation>
        </message>
        <message>
            <source>Save the rows shown, in their order</source>
            <translation>按顺序保存所显示的行</translation>
        </message>
        <message>
            <source>Save the table for a spreadsheet; it holds the names of the files</source>
            <translation>将表格保存供电子表格使用；其中包含文件名</translation>
        </message>
        <message>
            <source>Saving a document</source>
            <translation>正在保存文档</translation>
        </message>
        <message>
            <source>Saving the key images</source>
            <translation>正在保存关键图像</translation>
        </message>
        <message>
            <source>Saving the measurements</source>
            <translation>正在保存测量结果</translation>
        </message>
        <message>
            <source>Saving the reviews</source>
            <translation>正在保存审阅记录</translation>
        </message>
        <message>
            <source>Say &amp;present</source>
            <translation>判为有(&amp;P)</translation>
        </message>
        <message>
            <source>Say C or F in the column name or in medmm.toml.</source>
            <translation>请在列名或 medmm.toml 中注明 C 或 F。</translation>
        </message>
        <message>
            <source>Say a&amp;bsent</source>
            <translation>判为无(&amp;B)</translation>
        </message>
        <message>
            <source>Say cannot &amp;tell</source>
            <translation>判为无法判断(&amp;T)</translation>
        </message>
        <message>
            <source>Say in your own words what is so with the selected finding</source>
            <translation>用您自己的话说明选中的所见</translation>
        </message>
        <message>
            <source>Say the unit of {title} in the column name or under [units] in medmm.toml.</source>
            <translation>请在列名或 medmm.toml 的 [units] 中注明{title}的单位。</translation>
        </message>
        <message>
            <source>Say who is to read the cases chosen</source>
            <translation>指定由谁阅读所选病例</translation>
        </message>
        <message>
            <source>Scale the picture down and open it again.</source>
            <translation>请缩小图片后重新打开。</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>评分</translation>
        </message>
        <message>
            <source>Score a folder</source>
            <translation>批量评分</translation>
        </message>
        <message>
            <source>Score again</source>
            <translation>重新评分</translation>
        </message>
        <message>
            <source>Score anyway...</source>
            <translation>仍要评分...</translation>
        </message>
        <message>
            <source>Score every patient folder below a folder, watch the rows fill, open any of them</source>
            <translation>对文件夹下每个患者文件夹评分，查看逐行结果，打开任一病例</translation>
        </message>
        <message>
            <source>Score in spite of the identity conflict</source>
            <translation>忽略身份冲突并评分</translation>
        </message>
        <message>
            <source>Score it alone; the log of the machine that had it tells more.</source>
            <translation>请单独对其评分;处理该病例的机器的日志中有更多信息。</translation>
        </message>
        <message>
            <source>Score the case again.</source>
            <translation>请重新对该病例评分。</translation>
        </message>
        <message>
            <source>Score the patient first: what the network saw is kept with its result.</source>
            <translation>请先评分：网络所见与结果一同保存。</translation>
        </message>
        <message>
            <source>Score the patient once more</source>
            <translation>对该患者再次评分</translation>
        </message>
        <message>
            <source>Score the patient once more and tell whether the answer is the same; the result shown stays</source>
            <translation>对该患者再次评分，并说明结果是否相同；当前结果不变</translation>
        </message>
        <message>
            <source>Score the patient shown</source>
            <translation>对当前患者评分</translation>
        </message>
        <message>
            <source>Score the patient with a second model and see both side by side; the result shown stays</source>
            <translation>用第二个模型对该患者评分并并排显示；当前结果不变</translation>
        </message>
        <message>
            <source>Score this patient</source>
            <translation>对该患者评分</translation>
        </message>
        <message>
            <source>Score this patient with the second model</source>
            <translation>用第二个模型对该患者评分</translation>
        </message>
        <message>
            <source>Score what is not scored yet; what is finished stays</source>
            <translation>对尚未评分的病例评分；已完成的保留</translation>
        </message>
        <message>
            <source>Scoring</source>
            <translation>正在评分</translation>
        </message>
        <message>
            <source>Scoring a folder</source>
            <translation>正在对文件夹评分</translation>
        </message>
        <message>
            <source>Scroll</source>
            <translation>滚动</translation>
        </message>
        <message>
            <source>Scroll series of one frame of reference together</source>
            <translation>同一参考坐标系的序列联动滚动</translation>
        </message>
        <message>
            <source>Se&amp;ttings...</source>
            <translation>设置(&amp;T)...</translation>
        </message>
        <message>
            <source>Search case or patient ID</source>
            <translation>搜索病例或患者 ID</translation>
        </message>
        <message>
            <source>Search name, ID, accession, description</source>
            <translation>搜索姓名、编号、检查号、描述</translation>
        </message>
        <message>
            <source>Search settings</source>
            <translation>搜索设置</translation>
        </message>
        <message>
            <source>Search the cases</source>
            <translation>搜索病例</translation>
        </message>
        <message>
            <source>Search the opened patients</source>
            <translation>搜索已打开的患者</translation>
        </message>
        <message>
            <source>Search the opened patients, studies and series</source>
            <translation>搜索已打开的患者、检查和序列</translation>
        </message>
        <message>
            <source>Second &amp;window</source>
            <translation>第二窗口(&amp;W)</translation>
        </message>
        <message>
            <source>Second model</source>
            <translation>第二个模型</translation>
        </message>
        <message>
            <source>Section</source>
            <translation>章节</translation>
        </message>
        <message>
            <source>Section of the note</source>
            <translation>病历章节</translation>
        </message>
        <message>
            <source>Sections not read: {names}</source>
            <translation>不读取的段落：{names}</translation>
        </message>
        <message>
            <source>See the image without them</source>
            <translation>查看不带测量的图像</translation>
        </message>
        <message>
            <source>See the map of the selected finding while it is held</source>
            <translation>按住时显示所选征象的热图</translation>
        </message>
        <message>
            <source>Select a finding to see why it got its number.</source>
            <translation>选择一个征象以查看其数值的依据。</translation>
        </message>
        <message>
            <source>Sep</source>
            <translation>9月</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>设定</translation>
        </message>
        <message>
            <source>Set in order of time: {n} times, at most {most}</source>
            <translation>按时间排列：{n} 个时刻，最多 {most} 个</translation>
        </message>
        <message>
            <source>Setting</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Settings: {words}.</source>
            <translation>设置：{words}。</translation>
        </message>
        <message>
            <source>Sh&amp;utter of the file</source>
            <translation>文件的遮光区(&amp;U)</translation>
        </message>
        <message>
            <source>Show A&amp;I result</source>
            <translation>显示 AI 结果(&amp;I)</translation>
        </message>
        <message>
            <source>Show AI result</source>
            <translation>显示 AI 结果</translation>
        </message>
        <message>
            <source>Show every case</source>
            <translation>显示所有病例</translation>
        </message>
        <message>
            <source>Show only elements that a vendor has defined</source>
            <translation>仅显示厂商自定义的元素</translation>
        </message>
        <message>
            <source>Show or hide overlays and annotations of the file</source>
            <translation>显示或隐藏文件自带的叠加层和注释</translation>
        </message>
        <message>
            <source>Show the cases that are not scored yet</source>
            <translation>显示尚未评分的病例</translation>
        </message>
        <message>
            <source>Show the cases that could not be read or scored</source>
            <translation>显示无法读取或评分的病例</translation>
        </message>
        <message>
            <source>Show the cases that have a result</source>
            <translation>显示有结果的病例</translation>
        </message>
        <message>
            <source>Show the cases that must not be scored as they are</source>
            <translation>显示在现状下不得评分的病例</translation>
        </message>
        <message>
            <source>Show the image as somebody left it: windows, turns and drawings of a presentation state</source>
            <translation>按他人保存的状态显示图像：显示状态中的窗宽窗位、旋转和标注</translation>
        </message>
        <message>
            <source>Show the image as this state says; None goes back</source>
            <translation>按此显示状态显示图像；选“无”则还原</translation>
        </message>
        <message>
            <source>Show the image through this window</source>
            <translation>按此窗宽窗位显示图像</translation>
        </message>
        <message>
            <source>Show the images again (Esc)</source>
            <translation>返回显示图像 (Esc)</translation>
        </message>
        <message>
            <source>Show the images of one modality through the window that is chosen in one of them</source>
            <translation>同一类型的图像采用其中一幅所选的窗宽窗位</translation>
        </message>
        <message>
            <source>Show the list of all measurements</source>
            <translation>显示全部测量的列表</translation>
        </message>
        <message>
            <source>Show the list of reports, PDF and presentation states</source>
            <translation>显示报告、PDF 和显示状态的列表</translation>
        </message>
        <message>
            <source>Show the negative findings one by one</source>
            <translation>逐项显示阴性征象</translation>
        </message>
        <message>
            <source>Show the next key image of this patient</source>
            <translation>显示该患者的下一幅关键图像</translation>
        </message>
        <message>
            <source>Show the next newer study of this patient</source>
            <translation>显示该患者较新的一次检查</translation>
        </message>
        <message>
            <source>Show the next older study of this patient</source>
            <translation>显示该患者较早的一次检查</translation>
        </message>
        <message>
            <source>Show the next series in the active viewport</source>
            <translation>在当前视口显示下一个序列</translation>
        </message>
        <message>
            <source>Show the series as axial, coronal and sagittal planes that move together, and back</source>
            <translation>将序列显示为联动的横断面、冠状面和矢状面，再次触发则还原</translation>
        </message>
        <message>
            <source>Show the series before in the active viewport</source>
            <translation>在当前视口显示上一个序列</translation>
        </message>
        <message>
            <source>Show the whole image</source>
            <translation>显示整幅图像</translation>
        </message>
        <message>
            <source>Show where the active slice crosses the other images</source>
            <translation>显示当前层面与其他图像的交线</translation>
        </message>
        <message>
            <source>Shown ▾</source>
            <translation>显示 ▾</translation>
        </message>
        <message>
            <source>Shows the items that hold every word, of their name, value or code</source>
            <translation>显示名称、值或编码中包含所有词的条目</translation>
        </message>
        <message>
            <source>Shows the rows that hold every word, such as 0010,0010 or PatientName</source>
            <translation>显示包含所有词的行，例如 0010,0010 或 PatientName</translation>
        </message>
        <message>
            <source>Shrink</source>
            <translation>缩小</translation>
        </message>
        <message>
            <source>Shrink (-)</source>
            <translation>缩小 (-)</translation>
        </message>
        <message>
            <source>Sideways drag changes the window's width</source>
            <translation>左右拖动调整窗宽</translation>
        </message>
        <message>
            <source>Sign</source>
            <translation>签署</translation>
        </message>
        <message>
            <source>Similar training cases</source>
            <translation>相似的训练病例</translation>
        </message>
        <message>
            <source>Six images in two rows</source>
            <translation>六幅图像，两行</translation>
        </message>
        <message>
            <source>Size of all text and buttons of the window.</source>
            <translation>窗口中所有文字和按钮的大小。</translation>
        </message>
        <message>
            <source>Slab</source>
            <translation>厚层</translation>
        </message>
        <message>
            <source>Slab thickness in millimetres</source>
            <translation>厚层厚度（毫米）</translation>
        </message>
        <message>
            <source>Slice</source>
            <translation>层面</translation>
        </message>
        <message>
            <source>Slice {number} is still being read.</source>
            <translation>第 {number} 层仍在读取。</translation>
        </message>
        <message>
            <source>Slices that were marked as key images</source>
            <translation>已标为关键图像的层面</translation>
        </message>
        <message>
            <source>Social history</source>
            <translation>个人史</translation>
        </message>
        <message>
            <source>Software</source>
            <translation>软件</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>声音</translation>
        </message>
        <message>
            <source>SpO₂</source>
            <translation>SpO₂</translation>
        </message>
        <message>
            <source>Spanish</source>
            <translation>西班牙文</translation>
        </message>
        <message>
            <source>Spectrogram of {recording}</source>
            <translation>{recording} 的频谱图</translation>
        </message>
        <message>
            <source>Split it into one note for each patient.</source>
            <translation>请拆分为每位患者一份病历。</translation>
        </message>
        <message>
            <source>Split the object or export it with fewer frames.</source>
            <translation>请拆分该对象，或以较少的帧导出。</translation>
        </message>
        <message>
            <source>Stand for the verdicts given so far; a later one makes the report a draft again</source>
            <translation>对目前给出的判断负责；之后再有判断，报告重新成为草稿</translation>
        </message>
        <message>
            <source>Standardised with the means and deviations of the training, within ±{limit}</source>
            <translation>按训练集的均值和标准差标准化，限于 ±{limit}</translation>
        </message>
        <message>
            <source>Standardised: less the mean {mean}, divided by the deviation {deviation}, within ±{limit}</source>
            <translation>标准化：减均值 {mean}，除以标准差 {deviation}，限于 ±{limit}</translation>
        </message>
        <message>
            <source>Stands beside your verdicts in reports, results and statistics.</source>
            <translation>在报告、结果和统计中与您的判断一同列出。</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>Start Ray with --num-cpus on the machines that are to score.</source>
            <translation>请在用于评分的机器上以 --num-cpus 启动 Ray。</translation>
        </message>
        <message>
            <source>Start a fresh engine process</source>
            <translation>启动新的引擎进程</translation>
        </message>
        <message>
            <source>Start again</source>
            <translation>重新启动</translation>
        </message>
        <message>
            <source>Start it again from the status bar.</source>
            <translation>请从状态栏重新启动。</translation>
        </message>
        <message>
            <source>Start it again from the status bar. Reading images, notes and vitals works without it.</source>
            <translation>可从状态栏重新启动。没有引擎也可阅读图像、病历和生命体征。</translation>
        </message>
        <message>
            <source>Start the &amp;engine again</source>
            <translation>重新启动引擎(&amp;E)</translation>
        </message>
        <message>
            <source>Start, or go on where the run in this folder stopped</source>
            <translation>开始训练，或从此文件夹中停止处继续</translation>
        </message>
        <message>
            <source>Starting: the model is loaded and patients are looked for.</source>
            <translation>正在开始：加载模型并查找患者。</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>States that blend images or colour them anew are not applied.</source>
            <translation>不应用混合图像或重新着色的状态。</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>步骤</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>步骤</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Stop after the cases at hand; Go on continues exactly there</source>
            <translation>处理完手头的病例后停止；“继续”从该处接着进行</translation>
        </message>
        <message>
            <source>Stop after the cases at hand; what is finished stays</source>
            <translation>处理完手头的病例后停止；已完成的保留</translation>
        </message>
        <message>
            <source>Stop all background work</source>
            <translation>停止所有后台任务</translation>
        </message>
        <message>
            <source>Stop all work and quit</source>
            <translation>停止所有任务并退出</translation>
        </message>
        <message>
            <source>Stop the run; its finished epochs stay</source>
            <translation>停止训练；已完成的轮次会保留</translation>
        </message>
        <message>
            <source>Stop the work on the patient shown</source>
            <translation>停止对当前患者的处理</translation>
        </message>
        <message>
            <source>Stop this run; the result shown stays</source>
            <translation>停止本次运行；当前结果不变</translation>
        </message>
        <message>
            <source>Stopped. Start it again with the same folder, and it goes on after its last finished epoch.</source>
            <translation>已停止。用同一文件夹再次开始，会从最后完成的一轮之后继续。</translation>
        </message>
        <message>
            <source>Stored image</source>
            <translation>存储的图像</translation>
        </message>
        <message>
            <source>Stored image, {rows} × {cols}</source>
            <translation>存储的图像，{rows} × {cols}</translation>
        </message>
        <message>
            <source>Stored values × {slope} + {intercept}</source>
            <translation>存储值 × {slope} + {intercept}</translation>
        </message>
        <message>
            <source>Storing the settings</source>
            <translation>正在保存设置</translation>
        </message>
        <message>
            <source>Storing the window presets</source>
            <translation>正在保存窗宽窗位预设</translation>
        </message>
        <message>
            <source>Stra&amp;ighten the planes</source>
            <translation>摆正平面(&amp;I)</translation>
        </message>
        <message>
            <source>Straighten</source>
            <translation>摆正</translation>
        </message>
        <message>
            <source>Strength of the overlay</source>
            <translation>叠加强度</translation>
        </message>
        <message>
            <source>Studies</source>
            <translation>检查</translation>
        </message>
        <message>
            <source>Sum of the inputs</source>
            <translation>各输入之和</translation>
        </message>
        <message>
            <source>Summarised for each sign: {statistics}</source>
            <translation>每项体征的汇总：{statistics}</translation>
        </message>
        <message>
            <source>Swap black and white</source>
            <translation>黑白互换</translation>
        </message>
        <message>
            <source>Swap left and right; the letters follow</source>
            <translation>左右互换；方位字母随之变化</translation>
        </message>
        <message>
            <source>Swap top and bottom; the letters follow</source>
            <translation>上下互换；方位字母随之变化</translation>
        </message>
        <message>
            <source>Sys</source>
            <translation>收缩压</translation>
        </message>
        <message>
            <source>Systolic BP</source>
            <translation>收缩压</translation>
        </message>
        <message>
            <source>TE {value} ms</source>
            <translation>TE {value} ms</translation>
        </message>
        <message>
            <source>TI {value} ms</source>
            <translation>TI {value} ms</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>表格</translation>
        </message>
        <message>
            <source>Table of the vital signs</source>
            <translation>生命体征表格</translation>
        </message>
        <message>
            <source>Tag</source>
            <translation>标签</translation>
        </message>
        <message>
            <source>Tag, keyword, vendor or value</source>
            <translation>标签、关键字、厂商或值</translation>
        </message>
        <message>
            <source>Take away what came later, or score the case again.</source>
            <translation>请移除后来添加的内容，或重新对该病例评分。</translation>
        </message>
        <message>
            <source>Take back the last measurement, key image or verdict</source>
            <translation>撤销最近一次测量、关键图像或判断</translation>
        </message>
        <message>
            <source>Take this notice away</source>
            <translation>移除此提示</translation>
        </message>
        <message>
            <source>Taken up at the next start.</source>
            <translation>下次启动时生效。</translation>
        </message>
        <message>
            <source>Technique</source>
            <translation>检查技术</translation>
        </message>
        <message>
            <source>Temp</source>
            <translation>体温</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>体温</translation>
        </message>
        <message>
            <source>Ten slices back</source>
            <translation>后退十层</translation>
        </message>
        <message>
            <source>Ten slices on</source>
            <translation>前进十层</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>文本</translation>
        </message>
        <message>
            <source>Text in the image's corners</source>
            <translation>图像四角文字</translation>
        </message>
        <message>
            <source>Text is burnt into the film ({n_letters} letters); a model may read it instead of the lungs.</source>
            <translation>胶片上烧录有文字（{n_letters} 个字母），模型可能读取文字而不是肺部。</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>文字大小</translation>
        </message>
        <message>
            <source>Text steps of the model: {steps}</source>
            <translation>模型的文本步骤：{steps}</translation>
        </message>
        <message>
            <source>That is over {most}: the weights below are rough.</source>
            <translation>该值超过 {most}：下面的权重只是粗略的。</translation>
        </message>
        <message>
            <source>The AI result is ready and hidden. Say first what you see; {n} of {total} findings are judged.</source>
            <translation>AI 结果已就绪但被隐藏。请先说出您所见；{total} 项中已判断 {n} 项。</translation>
        </message>
        <message>
            <source>The CT image states no rescale; its values are not HU.</source>
            <translation>该 CT 图像未注明 Rescale；其值不是 HU。</translation>
        </message>
        <message>
            <source>The DICOMDIR names {name!r}, which is not in its folder.</source>
            <translation>DICOMDIR 提到 {name!r}，但其文件夹中没有该文件。</translation>
        </message>
        <message>
            <source>The PDF was saved.</source>
            <translation>PDF 已保存。</translation>
        </message>
        <message>
            <source>The archive is not opened.</source>
            <translation>未打开该归档。</translation>
        </message>
        <message>
            <source>The birth date lies after the study; one of the two is wrong.</source>
            <translation>出生日期晚于检查日期；两者必有一误。</translation>
        </message>
        <message>
            <source>The birth date {text} of the note has no single meaning and was not compared.</source>
            <translation>病历中的出生日期 {text} 含义不唯一，未作比较。</translation>
        </message>
        <message>
            <source>The birth date {text} of the vitals table has no single meaning and was not compared.</source>
            <translation>生命体征表中的出生日期 {text} 含义不唯一，未作比较。</translation>
        </message>
        <message>
            <source>The body part examined is {body_part}; the model reads the chest.</source>
            <translation>检查部位为 {body_part}；模型读取胸部。</translation>
        </message>
        <message>
            <source>The bundle was made by another version; import a fitting one.</source>
            <translation>该模型包由其他版本制作；请导入相符的模型包。</translation>
        </message>
        <message>
            <source>The cases of a batch in the order in which to read them</source>
            <translation>批次中的病例，按阅读顺序排列</translation>
        </message>
        <message>
            <source>The changes were saved.</source>
            <translation>变化已保存。</translation>
        </message>
        <message>
            <source>The character set {unknown!r} is not known; the patient's name may be shown wrongly.</source>
            <translation>字符集 {unknown!r} 未知；患者姓名可能显示有误。</translation>
        </message>
        <message>
            <source>The checks name the reason for each input.</source>
            <translation>检查项中列出了每个输入的原因。</translation>
        </message>
        <message>
            <source>The clinical note is empty.</source>
            <translation>临床病历为空。</translation>
        </message>
        <message>
            <source>The clinical note with its words tinted by weight</source>
            <translation>临床病历，词语按权重着色</translation>
        </message>
        <message>
            <source>The curves of loss and validation AUROC appear after the first epoch.</source>
            <translation>第一轮结束后显示损失和验证 AUROC 曲线。</translation>
        </message>
        <message>
            <source>The device {name} was asked for but is not there ({why_missing}); the CPU is used.</source>
            <translation>要求使用设备 {name}，但它不存在（{why_missing}）；改用 CPU。</translation>
        </message>
        <message>
            <source>The disk is full; the file{name} was not written.</source>
            <translation>磁盘已满；文件{name}未写出。</translation>
        </message>
        <message>
            <source>The document is being read.</source>
            <translation>正在读取文档。</translation>
        </message>
        <message>
            <source>The earlier result keeps no record of software and steps; files, model and numbers are compared.</source>
            <translation>较早的结果没有软件和步骤的记录；只比较文件、模型和数值。</translation>
        </message>
        <message>
            <source>The element chosen</source>
            <translation>所选元素</translation>
        </message>
        <message>
            <source>The element chosen with its whole value</source>
            <translation>所选元素及其完整值</translation>
        </message>
        <message>
            <source>The elements of the image shown appear here.</source>
            <translation>当前图像的数据元素显示在此处。</translation>
        </message>
        <message>
            <source>The engine's process ended while it was starting.</source>
            <translation>引擎进程在启动时结束。</translation>
        </message>
        <message>
            <source>The engine's process ended while it worked on this case.</source>
            <translation>引擎进程在处理该病例时结束。</translation>
        </message>
        <message>
            <source>The file also begins like {kind}; never run it.</source>
            <translation>该文件的开头还像{kind}；切勿运行。</translation>
        </message>
        <message>
            <source>The file has no DICOM file meta information; its encoding was guessed.</source>
            <translation>该文件没有 DICOM 文件元信息；其编码为推测。</translation>
        </message>
        <message>
            <source>The file is damaged: put a copy of it in its place, or move it away and run again without --resume; results that are finished stay in the folder cases.</source>
            <translation>文件已损坏：请用其副本替换，或将其移走后不带 --resume 重新运行；已完成的结果仍保留在 cases 文件夹中。</translation>
        </message>
        <message>
            <source>The file is empty (0 bytes).</source>
            <translation>文件为空（0 字节）。</translation>
        </message>
        <message>
            <source>The file meta information states another SOP Instance UID than the image.</source>
            <translation>文件元信息中的 SOP Instance UID 与图像的不同。</translation>
        </message>
        <message>
            <source>The file states a window that the standard does not allow; it is ignored.</source>
            <translation>文件注明了标准不允许的窗口；已忽略。</translation>
        </message>
        <message>
            <source>The file{name} cannot be used: {reason}.</source>
            <translation>文件{name}无法使用：{reason}。</translation>
        </message>
        <message>
            <source>The file{name} may not be used: permission is missing.</source>
            <translation>文件{name}无法使用：缺少权限。</translation>
        </message>
        <message>
            <source>The film looks like a lateral one; the model reads frontal films (PA, AP).</source>
            <translation>该片像是侧位片；模型读取正位片（PA、AP）。</translation>
        </message>
        <message>
            <source>The film seems to be cut: it does not show both lungs as a whole.</source>
            <translation>该片似乎被裁切：未完整显示双肺。</translation>
        </message>
        <message>
            <source>The film seems to lie on its side or upside down; turn it upright and save it again.</source>
            <translation>该片似乎横放或倒置；请转正后重新保存。</translation>
        </message>
        <message>
            <source>The finding is absent, as you see it</source>
            <translation>在您看来，没有该所见</translation>
        </message>
        <message>
            <source>The finding is present, as you see it</source>
            <translation>在您看来，有该所见</translation>
        </message>
        <message>
            <source>The first line names the columns: time,heart_rate,...</source>
            <translation>第一行为列名：time,heart_rate,...</translation>
        </message>
        <message>
            <source>The folder cannot be opened: {reason}.</source>
            <translation>无法打开文件夹：{reason}。</translation>
        </message>
        <message>
            <source>The folder holds the images of {n_patients} patients, and it names none of them for certain.</source>
            <translation>文件夹中有 {n_patients} 名患者的图像，而其中任何一名都不能由它确定。</translation>
        </message>
        <message>
            <source>The frames do not form one volume; they are shown as stored.</source>
            <translation>各帧不构成一个容积；按存储次序显示。</translation>
        </message>
        <message>
            <source>The image does not say whether small values are black or white (Photometric Interpretation is missing); an inverted film would be scored wrongly.</source>
            <translation>图像未说明小值为黑还是白（缺少 Photometric Interpretation）；反相的胸片会被错误评分。</translation>
        </message>
        <message>
            <source>The image does not state its view; it was taken as a frontal film.</source>
            <translation>图像未注明投照位；按正位片处理。</translation>
        </message>
        <message>
            <source>The image does not state what every image must: {missing}.</source>
            <translation>图像缺少每幅图像必须注明的内容：{missing}。</translation>
        </message>
        <message>
            <source>The image is in colour; a radiograph has grey values only.</source>
            <translation>图像为彩色；X 线片只有灰度值。</translation>
        </message>
        <message>
            <source>The image is of modality {modality}; the model reads chest radiographs (CR, DX).</source>
            <translation>图像的模态为 {modality}；模型读取胸部 X 线片（CR、DX）。</translation>
        </message>
        <message>
            <source>The image is of modality {modality}; the model reads volumes of {modalities}.</source>
            <translation>该图像的模态为 {modality}；模型读取的是 {modalities} 体数据。</translation>
        </message>
        <message>
            <source>The image is {cols} x {rows} pixels; at least {min_side} on each side are needed.</source>
            <translation>图像为 {cols} x {rows} 像素；每边至少需要 {min_side}。</translation>
        </message>
        <message>
            <source>The image is {cols} x {rows} pixels; no frontal chest film is that oblong.</source>
            <translation>图像为 {cols} x {rows} 像素；正位胸片不会如此狭长。</translation>
        </message>
        <message>
            <source>The image shows nothing: {n_levels} grey levels without any structure.</source>
            <translation>图像没有内容：{n_levels} 个灰阶，无任何结构。</translation>
        </message>
        <message>
            <source>The image states a rescale slope or intercept without the other; 1 or 0 was taken.</source>
            <translation>图像只注明了重定标斜率或截距中的一个；另一个取为 1 或 0。</translation>
        </message>
        <message>
            <source>The image states no Patient ID.</source>
            <translation>图像未注明患者 ID。</translation>
        </message>
        <message>
            <source>The image was taken after the index time {index_time:%Y-%m-%d %H:%M}; it may not be used.</source>
            <translation>图像摄于基准时间 {index_time:%Y-%m-%d %H:%M} 之后；不得使用。</translation>
        </message>
        <message>
            <source>The image was taken {days} days before the index time.</source>
            <translation>图像摄于基准时间之前 {days} 天。</translation>
        </message>
        <message>
            <source>The image's own window</source>
            <translation>图像自带窗宽窗位</translation>
        </message>
        <message>
            <source>The images</source>
            <translation>图像</translation>
        </message>
        <message>
            <source>The import report was saved.</source>
            <translation>导入报告已保存。</translation>
        </message>
        <message>
            <source>The index time states a time zone and the times of these do not: {mixed}</source>
            <translation>基准时间注明了时区，而下列各项的时间没有：{mixed}</translation>
        </message>
        <message>
            <source>The index time states no time zone and the times of these do: {mixed}</source>
            <translation>基准时间未注明时区，而下列各项的时间注明了：{mixed}</translation>
        </message>
        <message>
            <source>The kind of images that these presets are offered for</source>
            <translation>这些预设适用的图像类型</translation>
        </message>
        <message>
            <source>The list of cases was saved.</source>
            <translation>病例列表已保存。</translation>
        </message>
        <message>
            <source>The log of that machine tells more.</source>
            <translation>该机器的日志中有更多信息。</translation>
        </message>
        <message>
            <source>The log says where; please report it.</source>
            <translation>日志中有位置记录；请报告此问题。</translation>
        </message>
        <message>
            <source>The model can use nothing of this case. {reasons}</source>
            <translation>模型无法使用该病例的任何内容。{reasons}</translation>
        </message>
        <message>
            <source>The model could read {n_read:,} of {n_tokens:,} tokens of the notes only; the rest may say the opposite.</source>
            <translation>模型只能读取记录 {n_tokens:,} 个词元中的 {n_read:,} 个；其余部分可能说法相反。</translation>
        </message>
        <message>
            <source>The model does not take {kind} as an input.</source>
            <translation>模型不接受“{kind}”作为输入。</translation>
        </message>
        <message>
            <source>The model gave no usable answer for this case; check its inputs and the bundle.</source>
            <translation>模型对该病例没有给出可用的答案；请检查其输入和模型包。</translation>
        </message>
        <message>
            <source>The model read {share} of the note; the rest did not fit.</source>
            <translation>模型读取了病历的 {share}；其余部分超出长度限制。</translation>
        </message>
        <message>
            <source>The model that is compared with the one whose result is shown</source>
            <translation>与当前结果的模型相比较的模型</translation>
        </message>
        <message>
            <source>The model's bundle lacks the distances of its own cases for: {kinds}. Whether this case is like them there cannot be told.</source>
            <translation>模型包缺少以下输入的自身病例距离：{kinds}。无法判断本病例在这些输入上是否与其相似。</translation>
        </message>
        <message>
            <source>The name has {length} characters; at most {limit} fit.</source>
            <translation>名称有 {length} 个字符；最多容纳 {limit} 个。</translation>
        </message>
        <message>
            <source>The newest note was written {days:.0f} days before the index time.</source>
            <translation>最新的记录写于基准时间之前 {days:.0f} 天。</translation>
        </message>
        <message>
            <source>The newest vital sign is {newest:.0f} hours older than the index time ({n_day} values of 6 to 24 hours before, {n_old} of 24 to 48 hours).</source>
            <translation>最新的生命体征比基准时间早 {newest:.0f} 小时（此前 6 至 24 小时的值 {n_day} 个，24 至 48 小时的值 {n_old} 个）。</translation>
        </message>
        <message>
            <source>The next case of the worklist, else the next opened patient</source>
            <translation>工作列表中的下一个病例，否则转到下一个已打开的患者</translation>
        </message>
        <message>
            <source>The note as it was written; coloured words raised or lowered the selected finding</source>
            <translation>病历原文；着色词语升高或降低了所选征象的分值</translation>
        </message>
        <message>
            <source>The note has {n_words} words; at least {min_words} are needed.</source>
            <translation>病历有 {n_words} 个词；至少需要 {min_words} 个。</translation>
        </message>
        <message>
            <source>The note holds {n_odd:,} invisible or control characters.</source>
            <translation>病历含 {n_odd:,} 个不可见字符或控制字符。</translation>
        </message>
        <message>
            <source>The note is the reading of an imaging study, maybe of this one: it would give the answer away.</source>
            <translation>该记录是影像检查的报告，可能正是本次检查的：它会泄露答案。</translation>
        </message>
        <message>
            <source>The note is very long ({n_text:,} characters); the model may not see all of it.</source>
            <translation>病历很长（{n_text:,} 个字符）；模型可能看不到全部。</translation>
        </message>
        <message>
            <source>The note is written in {language}; the model reads {known}.</source>
            <translation>病历以{language}书写；模型读取{known}。</translation>
        </message>
        <message>
            <source>The note names the accession number {named}; the images have {stated}.</source>
            <translation>记录写明的检查号为 {named}；图像的为 {stated}。</translation>
        </message>
        <message>
            <source>The note repeats itself: {n_words} words, {distinct} different ones.</source>
            <translation>记录内容重复：{n_words} 个词，仅 {distinct} 个不同。</translation>
        </message>
        <message>
            <source>The note speaks of a patient of {told} years; by the birth date it is {age} years.</source>
            <translation>记录所述患者为 {told} 岁；按出生日期为 {age} 岁。</translation>
        </message>
        <message>
            <source>The note speaks of the {side} side only; the image is stated to show the {other} (Image Laterality).</source>
            <translation>记录只提到{side}侧；图像标明显示的是{other}侧（Image Laterality）。</translation>
        </message>
        <message>
            <source>The note speaks of {told}; the other sources say {stated}.</source>
            <translation>记录所述为{told}；其他来源为{stated}。</translation>
        </message>
        <message>
            <source>The note tells of {what}; the film may look odd for that reason.</source>
            <translation>记录提到{what}；该片可能因此显得异常。</translation>
        </message>
        <message>
            <source>The note was read as {encoding}, as declared.</source>
            <translation>病历按声明以 {encoding} 读取。</translation>
        </message>
        <message>
            <source>The note was written at {written_at:%Y-%m-%d %H:%M}, after the index time {index_time:%Y-%m-%d %H:%M}; it may not be used.</source>
            <translation>病历写于 {written_at:%Y-%m-%d %H:%M}，晚于基准时间 {index_time:%Y-%m-%d %H:%M}；不得使用。</translation>
        </message>
        <message>
            <source>The overlay of group {groups} is incomplete and is not shown.</source>
            <translation>组 {groups} 的叠加层不完整，未显示。</translation>
        </message>
        <message>
            <source>The page shown (Page Up, Page Down)</source>
            <translation>当前页 (Page Up, Page Down)</translation>
        </message>
        <message>
            <source>The patient id of the vitals table has spaces around it; they were left out of the comparison.</source>
            <translation>生命体征表中的患者 ID 前后有空格；比较时已略去。</translation>
        </message>
        <message>
            <source>The patient is being read.</source>
            <translation>正在读取患者。</translation>
        </message>
        <message>
            <source>The patient is scored once more.</source>
            <translation>正在对该患者再次评分。</translation>
        </message>
        <message>
            <source>The patient is {age} years old; models of adults say nothing certain of a child.</source>
            <translation>患者 {age} 岁；成人模型对儿童不能给出可靠结论。</translation>
        </message>
        <message>
            <source>The patient's documents appear here.</source>
            <translation>该患者的文档显示在此处。</translation>
        </message>
        <message>
            <source>The patient's name has letters beyond ASCII but no character set is stated; it may be shown wrongly.</source>
            <translation>患者姓名含 ASCII 以外的字符，但未注明字符集；可能显示有误。</translation>
        </message>
        <message>
            <source>The patient's studies, notes and vital signs appear here by date.</source>
            <translation>患者的检查、病历和生命体征按日期显示在此。</translation>
        </message>
        <message>
            <source>The picture does not look like a frontal chest film, whatever its header says.</source>
            <translation>无论文件头如何说明，该图像看起来不像正位胸片。</translation>
        </message>
        <message>
            <source>The picture's transparency was dropped.</source>
            <translation>已去除图片的透明度。</translation>
        </message>
        <message>
            <source>The pixel data states {stated:,} bytes, {n_bytes:,} are needed; the first ones were read.</source>
            <translation>像素数据注明有 {stated:,} 字节，只需 {n_bytes:,} 字节；读取了开头部分。</translation>
        </message>
        <message>
            <source>The pixel spacing is not stated; lengths are in pixels.</source>
            <translation>未注明像素间距；长度以像素计。</translation>
        </message>
        <message>
            <source>The place before in the note</source>
            <translation>病历中的上一处</translation>
        </message>
        <message>
            <source>The places of its {n_slices} slices are not stated.</source>
            <translation>其 {n_slices} 个层面的位置未注明。</translation>
        </message>
        <message>
            <source>The protocols that ship stand in for it.</source>
            <translation>已改用随附的协议。</translation>
        </message>
        <message>
            <source>The reading was cancelled.</source>
            <translation>读取已取消。</translation>
        </message>
        <message>
            <source>The recording as pitch over time, with the moments that weigh</source>
            <translation>录音的频率随时间变化，以及有权重的时刻</translation>
        </message>
        <message>
            <source>The recording is overdriven: {clipped:.1%} of its samples stand at full scale.</source>
            <translation>录音过载：{clipped:.1%} 的采样点处于满幅。</translation>
        </message>
        <message>
            <source>The recording was not drawn: its drawing was cancelled.</source>
            <translation>录音未绘制：绘制已取消。</translation>
        </message>
        <message>
            <source>The report was saved.</source>
            <translation>报告已保存。</translation>
        </message>
        <message>
            <source>The result itself is stored; please report this with the text under Details.</source>
            <translation>结果本身已保存；请连同“详细信息”中的文字报告此问题。</translation>
        </message>
        <message>
            <source>The reviews are being read.</source>
            <translation>正在读取审阅记录。</translation>
        </message>
        <message>
            <source>The reviews were saved.</source>
            <translation>审阅记录已保存。</translation>
        </message>
        <message>
            <source>The same answer. Largest difference: {gap} logits, {shown} in the number shown; up to {most} is expected.</source>
            <translation>结果相同。最大差异：{gap} logit，所示数值相差 {shown}；预期不超过 {most}。</translation>
        </message>
        <message>
            <source>The saved {words}</source>
            <translation>已保存的{words}</translation>
        </message>
        <message>
            <source>The section at the top of the view; choose another to go there. In the text, ← folds it and → opens it</source>
            <translation>视图顶部的小节；选择另一节可跳转。在文本中，← 折叠，→ 展开</translation>
        </message>
        <message>
            <source>The slice of what the network got</source>
            <translation>网络得到的层面</translation>
        </message>
        <message>
            <source>The slices are scaled differently (slopes {least:g} to {most:g}); for planes across them the values are rounded by at most {error}.</source>
            <translation>各层面的缩放不同（斜率 {least:g} 至 {most:g}）；对跨层面的平面，数值的舍入误差不超过 {error}。</translation>
        </message>
        <message>
            <source>The slices are scaled differently ({first}; {other})</source>
            <translation>各层面的缩放不同（{first}；{other}）</translation>
        </message>
        <message>
            <source>The slices are sheared by {tilt:.1f} degrees (gantry tilt).</source>
            <translation>层面错切 {tilt:.1f} 度（机架倾斜）。</translation>
        </message>
        <message>
            <source>The slices are sheared by {tilt:.1f} degrees (gantry tilt); {plane} planes are no rows of them</source>
            <translation>层面错切 {tilt:.1f} 度（机架倾斜）；{plane} 平面不是其行列</translation>
        </message>
        <message>
            <source>The slices of this series are still being read.</source>
            <translation>该序列的图层仍在读取。</translation>
        </message>
        <message>
            <source>The stored image is not in memory. Show its series to see it here.</source>
            <translation>存储的图像不在内存中。显示其序列即可在此看到。</translation>
        </message>
        <message>
            <source>The table does not end with a line break: its last row may be cut off.</source>
            <translation>表格末尾没有换行：最后一行可能不完整。</translation>
        </message>
        <message>
            <source>The table of vital signs holds no value that the model knows.</source>
            <translation>生命体征表中没有模型认识的值。</translation>
        </message>
        <message>
            <source>The tool chosen in the toolbar; Ctrl is faster, Shift finer</source>
            <translation>工具栏中所选的工具；Ctrl 加快，Shift 精细</translation>
        </message>
        <message>
            <source>The two batches are being read.</source>
            <translation>正在读取两个批次。</translation>
        </message>
        <message>
            <source>The two results have no finding in common.</source>
            <translation>两个结果没有共同的征象。</translation>
        </message>
        <message>
            <source>The usual value stands in for what is wrong.</source>
            <translation>有误的项已改用默认值。</translation>
        </message>
        <message>
            <source>The values of this series come from a table; there is none between two of them</source>
            <translation>该序列的值来自查找表；两个值之间没有值</translation>
        </message>
        <message>
            <source>The very image, tokens and vital-sign numbers that reached the network, and how the result came about</source>
            <translation>送入网络的图像、词元和生命体征数值，以及结果的由来</translation>
        </message>
        <message>
            <source>The view is {found}; the model reads frontal films (PA or AP).</source>
            <translation>投照位为 {found}；模型读取正位片（PA 或 AP）。</translation>
        </message>
        <message>
            <source>The weights or the input are damaged; verify the bundle with `medmm models verify`.</source>
            <translation>权重或输入已损坏；请用 `medmm models verify` 校验模型包。</translation>
        </message>
        <message>
            <source>The whole notice, and what a support person needs to know</source>
            <translation>完整提示，以及技术支持人员所需的信息</translation>
        </message>
        <message>
            <source>The whole text is in {said}, in the output folder.</source>
            <translation>全文见输出文件夹中的 {said}。</translation>
        </message>
        <message>
            <source>The width is {width:g}; it must be above 0.</source>
            <translation>窗宽为 {width:g}；必须大于 0。</translation>
        </message>
        <message>
            <source>The window on the whole screen</source>
            <translation>窗口占满整个屏幕</translation>
        </message>
        <message>
            <source>The {kind} is unlike all that the model was calibrated on (p = {p:.3f}); its numbers and decisions are not known to hold here.</source>
            <translation>{kind}与模型校准时所见的一切都不相似（p = {p:.3f}）；其数值和判断在此是否成立，尚不可知。</translation>
        </message>
        <message>
            <source>The {kind} was left out on request.</source>
            <translation>已按要求略去“{kind}”。</translation>
        </message>
        <message>
            <source>The {modality} series has no complete geometry: its affine is unknown</source>
            <translation>{modality} 序列没有完整的几何信息：其仿射矩阵未知</translation>
        </message>
        <message>
            <source>The {modality} series has {n_slices} slices or frames; the model reads one frontal chest radiograph.</source>
            <translation>{modality} 序列有 {n_slices} 个层面或帧；模型读取一幅正位胸片。</translation>
        </message>
        <message>
            <source>The {n_slices} slices state no position; their order may be wrong.</source>
            <translation>{n_slices} 个层面未注明位置；次序可能有误。</translation>
        </message>
        <message>
            <source>Their file was kept as {aside!r} in the folder {parent!r} of MedMM's own folder.</source>
            <translation>其文件保留为 {aside!r}，位于 MedMM 自己的文件夹中的 {parent!r}。</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <source>Theme, language, text size, keys and how work goes on</source>
            <translation>主题、语言、文字大小、快捷键以及工作方式</translation>
        </message>
        <message>
            <source>There are no vital signs among this patient's files. The model can score without them and says so.</source>
            <translation>该患者的文件中没有生命体征。模型可以不用它们评分，并会注明。</translation>
        </message>
        <message>
            <source>There are no vital signs in this folder.</source>
            <translation>该文件夹中没有生命体征。</translation>
        </message>
        <message>
            <source>There is no clinical note among this patient's files.</source>
            <translation>该患者的文件中没有临床病历。</translation>
        </message>
        <message>
            <source>There is no clinical note in this folder.</source>
            <translation>该文件夹中没有临床病历。</translation>
        </message>
        <message>
            <source>There is no image among this patient's files.</source>
            <translation>该患者的文件中没有图像。</translation>
        </message>
        <message>
            <source>There is no image in this folder.</source>
            <translation>该文件夹中没有图像。</translation>
        </message>
        <message>
            <source>There is no recording among this patient's files. The model can score without it and says so.</source>
            <translation>该患者的文件中没有录音。模型可以在没有录音的情况下评分，并会说明。</translation>
        </message>
        <message>
            <source>There is no recording in this folder.</source>
            <translation>此文件夹中没有录音。</translation>
        </message>
        <message>
            <source>There is none in this case.</source>
            <translation>本病例中没有。</translation>
        </message>
        <message>
            <source>There is not enough memory for this step.</source>
            <translation>内存不足，无法完成此步骤。</translation>
        </message>
        <message>
            <source>These cases in the order in which to read them</source>
            <translation>按阅读顺序排列这些病例</translation>
        </message>
        <message>
            <source>These header values are malformed and were ignored: {names}.</source>
            <translation>下列头信息值格式不正确，已忽略：{names}。</translation>
        </message>
        <message>
            <source>These keys stand twice</source>
            <translation>此快捷键重复</translation>
        </message>
        <message>
            <source>These vitals</source>
            <translation>此生命体征表</translation>
        </message>
        <message>
            <source>They disagree: yes from {yes}, no from {no}.</source>
            <translation>它们不一致：{yes} 判为有，{no} 判为无。</translation>
        </message>
        <message>
            <source>Thickness of the planes in millimetres; 0 shows a single plane</source>
            <translation>平面厚度（毫米）；0 表示单层平面</translation>
        </message>
        <message>
            <source>This case is unlike all that the model was calibrated on; even the nearest training cases are no evidence for it.</source>
            <translation>本病例与模型校准所用的所有病例都不相似；即使最接近的训练病例也不能作为其依据。</translation>
        </message>
        <message>
            <source>This input was not used.</source>
            <translation>该输入未使用。</translation>
        </message>
        <message>
            <source>This is no stack of slices; open the files one by one.</source>
            <translation>这不是层面堆叠；请逐一打开文件。</translation>
        </message>
        <message>
            <source>This machine computes something else than the one that made the bundle; do not use it here.</source>
            <translation>本机的计算结果与制作模型包的机器不同；请勿在此使用。</translation>
        </message>
        <message>
            <source>This note</source>
            <translation>此病历</translation>
        </message>
        <message>
            <source>This patient's files hold no study, note or vital sign.</source>
            <translation>该患者的文件中没有检查、病历或生命体征。</translation>
        </message>
        <message>
            <source>This result was made before what the network saw was kept. Score the patient again.</source>
            <translation>该结果生成时尚未保存网络所见。请重新评分。</translation>
        </message>
        <message>
            <source>This series has {found}; planes need at least {least_slices}</source>
            <translation>该序列有 {found}；平面至少需要 {least_slices} 个层面</translation>
        </message>
        <message>
            <source>This series is no volume. {reason}</source>
            <translation>该序列不是容积。{reason}</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Time range</source>
            <translation>时间范围</translation>
        </message>
        <message>
            <source>Time, s</source>
            <translation>时间，秒</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>时间线</translation>
        </message>
        <message>
            <source>Tints: weight of each word for {finding}, up to {scale} logits</source>
            <translation>着色：各词语对“{finding}”的权重，最大 {scale} logit</translation>
        </message>
        <message>
            <source>Tokens in their order, with the vocabulary's own signs</source>
            <translation>按顺序排列的词元，使用词表自身的符号</translation>
        </message>
        <message>
            <source>Tokens that the network read</source>
            <translation>网络读取的词元</translation>
        </message>
        <message>
            <source>Too few calibration cases had exactly these inputs ({inputs}). What is uncertain follows from the calibration cases of all patterns of inputs together.</source>
            <translation>恰好具有这些输入（{inputs}）的校准病例太少。“不确定”由所有输入组合的校准病例共同得出。</translation>
        </message>
        <message>
            <source>Toolbar</source>
            <translation>工具栏</translation>
        </message>
        <message>
            <source>Tools that do not fit</source>
            <translation>未能显示的工具</translation>
        </message>
        <message>
            <source>Trai&amp;n a model...</source>
            <translation>训练模型(&amp;N)...</translation>
        </message>
        <message>
            <source>Train a bundle from a configuration and watch its curves</source>
            <translation>按配置训练模型包并查看曲线</translation>
        </message>
        <message>
            <source>Train a model</source>
            <translation>训练模型</translation>
        </message>
        <message>
            <source>Training a model</source>
            <translation>正在训练模型</translation>
        </message>
        <message>
            <source>Training configuration</source>
            <translation>训练配置</translation>
        </message>
        <message>
            <source>Turn planes l&amp;eft</source>
            <translation>平面左旋(&amp;E)</translation>
        </message>
        <message>
            <source>Turn planes ri&amp;ght</source>
            <translation>平面右旋(&amp;G)</translation>
        </message>
        <message>
            <source>Turn the image clockwise</source>
            <translation>将图像顺时针旋转</translation>
        </message>
        <message>
            <source>Turn the two other planes by 5 degrees</source>
            <translation>将另外两个平面旋转 5 度</translation>
        </message>
        <message>
            <source>Turned to axial: slices to the head, rows to the back, columns to the left</source>
            <translation>转为轴位：层向头侧、行向背侧、列向左侧</translation>
        </message>
        <message>
            <source>Two batches compared</source>
            <translation>两个批次的比较</translation>
        </message>
        <message>
            <source>Two images side by side</source>
            <translation>两幅图像左右并排</translation>
        </message>
        <message>
            <source>Two images, one above the other</source>
            <translation>两幅图像上下排列</translation>
        </message>
        <message>
            <source>Two one &amp;above the other</source>
            <translation>上下两幅(&amp;A)</translation>
        </message>
        <message>
            <source>Uncalibrated score, 0 to 1</source>
            <translation>未校准分值，0 到 1</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>Units is {units}</source>
            <translation>Units 为 {units}</translation>
        </message>
        <message>
            <source>Units, reference ranges and weights</source>
            <translation>单位、参考范围和权重</translation>
        </message>
        <message>
            <source>Unknown element</source>
            <translation>未知元素</translation>
        </message>
        <message>
            <source>Unpack it by hand and name the folder.</source>
            <translation>请手动解压并指定该文件夹。</translation>
        </message>
        <message>
            <source>Unread only</source>
            <translation>仅未读</translation>
        </message>
        <message>
            <source>Up</source>
            <translation>上移</translation>
        </message>
        <message>
            <source>Use --replace to put this one in its place; results name the bundle that made them.</source>
            <translation>用 --replace 以此模型包替换它；每个结果都注明由哪个模型包得出。</translation>
        </message>
        <message>
            <source>Use for example temperature_c, heart_rate, respiratory_rate, spo2, systolic_bp, diastolic_bp, time.</source>
            <translation>例如使用 temperature_c、heart_rate、respiratory_rate、spo2、systolic_bp、diastolic_bp、time。</translation>
        </message>
        <message>
            <source>Use its RGB values.</source>
            <translation>请使用其 RGB 值。</translation>
        </message>
        <message>
            <source>Use the original DICOM object instead of a picture.</source>
            <translation>请使用原始 DICOM 对象，而不是普通图片。</translation>
        </message>
        <message>
            <source>Used for notes that are not in Unicode, e.g. gb18030; empty: such a note is refused.</source>
            <translation>用于非 Unicode 编码的病历，例如 gb18030；留空则拒绝读取此类病历。</translation>
        </message>
        <message>
            <source>VM</source>
            <translation>VM</translation>
        </message>
        <message>
            <source>VOI LUT {number}</source>
            <translation>VOI LUT {number}</translation>
        </message>
        <message>
            <source>VOI table of {n} entries of the file</source>
            <translation>文件的 VOI 查找表（{n} 项）</translation>
        </message>
        <message>
            <source>VR</source>
            <translation>VR</translation>
        </message>
        <message>
            <source>Validation AUROC</source>
            <translation>验证 AUROC</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>Values would shift into other columns; correct that line.</source>
            <translation>数值会错到其他列；请更正该行。</translation>
        </message>
        <message>
            <source>Version, model, licence and limits</source>
            <translation>版本、模型、许可和使用限制</translation>
        </message>
        <message>
            <source>View</source>
            <translation>视图</translation>
        </message>
        <message>
            <source>Viewports</source>
            <translation>视口</translation>
        </message>
        <message>
            <source>Vital signs</source>
            <translation>生命体征</translation>
        </message>
        <message>
            <source>Vital signs as the network gets them, in deviations from the mean</source>
            <translation>网络得到的生命体征，以偏离均值的标准差表示</translation>
        </message>
        <message>
            <source>Vital signs by time, the newest first</source>
            <translation>按时间排列的生命体征，最新的在前</translation>
        </message>
        <message>
            <source>Vital signs in numbers, newest first</source>
            <translation>生命体征数值，最新的在前</translation>
        </message>
        <message>
            <source>Vital signs over time</source>
            <translation>生命体征随时间的变化</translation>
        </message>
        <message>
            <source>Vital signs over time, with reference ranges and weights</source>
            <translation>生命体征随时间的变化，含参考范围和权重</translation>
        </message>
        <message>
            <source>Vital signs were not used for this finding.</source>
            <translation>该征象未使用生命体征。</translation>
        </message>
        <message>
            <source>Vitals</source>
            <translation>生命体征</translation>
        </message>
        <message>
            <source>Vitals not used: a {what} has {n_longest:,} characters (at most {max_length})</source>
            <translation>未使用生命体征：{what}有 {n_longest:,} 个字符（最多 {max_length} 个）</translation>
        </message>
        <message>
            <source>Vitals not used: at {n_wrong} of {n_pairs} times the heart rate does not exceed the respiratory rate; the columns seem exchanged</source>
            <translation>未使用生命体征：{n_pairs} 个时刻中有 {n_wrong} 个心率不高于呼吸频率，两列似乎互换了</translation>
        </message>
        <message>
            <source>Vitals not used: the column {header!r} is empty in every row</source>
            <translation>未使用生命体征：列 {header!r} 每行均为空</translation>
        </message>
        <message>
            <source>Vitals not used: {label} in line {line} has the unit {text}, which is not one of its units</source>
            <translation>未使用生命体征：第 {line} 行的 {label} 单位为 {text}，不是其可用单位</translation>
        </message>
        <message>
            <source>Vitals not used: {label} in line {line} is said to be in {unit} and in {unit_2}</source>
            <translation>未使用生命体征：第 {line} 行的 {label} 同时注明单位 {unit} 和 {unit_2}</translation>
        </message>
        <message>
            <source>Vitals not used: {label} is read in {unit}, but its median is {written:g}; {looks}</source>
            <translation>未使用生命体征：{label} 按 {unit} 读取，但其中位数为 {written:g}；{looks}</translation>
        </message>
        <message>
            <source>Vitals not used: {label} {text} has no unit</source>
            <translation>未使用生命体征：{label} {text} 没有单位</translation>
        </message>
        <message>
            <source>Vitals not used: {name} has no column of a known vital sign (found {named})</source>
            <translation>未使用生命体征：{name} 没有已知生命体征的列（找到 {named}）</translation>
        </message>
        <message>
            <source>Vitals not used: {name} has no time column (found {named})</source>
            <translation>未使用生命体征：{name} 没有时间列（找到 {named}）</translation>
        </message>
        <message>
            <source>Vitals not used: {name} has two columns for {role}, {one!r} and {other!r}</source>
            <translation>未使用生命体征：{name} 中 {role} 有两列，{one!r} 和 {other!r}</translation>
        </message>
        <message>
            <source>Vitals not used: {name} has {n_rows} rows and no value that can be read</source>
            <translation>未使用生命体征：{name} 有 {n_rows} 行，但没有可读取的值</translation>
        </message>
        <message>
            <source>Vitals not used: {name} holds rows of more than one {what}: {shares}</source>
            <translation>未使用生命体征：{name} 的各行含不止一个{what}：{shares}</translation>
        </message>
        <message>
            <source>Vitals not used: {name} mixes times with and without a time zone</source>
            <translation>未使用生命体征：{name} 混用了带时区和不带时区的时间</translation>
        </message>
        <message>
            <source>Vitals not used: {name} {what}</source>
            <translation>未使用生命体征：{name} {what}</translation>
        </message>
        <message>
            <source>Vitals not used: {what}</source>
            <translation>未使用生命体征：{what}</translation>
        </message>
        <message>
            <source>W/L</source>
            <translation>窗宽/窗位</translation>
        </message>
        <message>
            <source>Wait until the other one has ended, or choose another --out folder.</source>
            <translation>请等待另一进程结束，或另选 --out 文件夹。</translation>
        </message>
        <message>
            <source>Wait until the other one has ended, or name another database.</source>
            <translation>请等另一个进程结束，或指定其他数据库。</translation>
        </message>
        <message>
            <source>Waiting for the engine</source>
            <translation>等待引擎</translation>
        </message>
        <message>
            <source>Waiting {n}</source>
            <translation>等待 {n}</translation>
        </message>
        <message>
            <source>Waits</source>
            <translation>等待</translation>
        </message>
        <message>
            <source>Waveform</source>
            <translation>波形</translation>
        </message>
        <message>
            <source>Weight for the selected finding: {weight} logits</source>
            <translation>对所选发现的权重：{weight} logits</translation>
        </message>
        <message>
            <source>What</source>
            <translation>内容</translation>
        </message>
        <message>
            <source>What a pixel shows of the slab: its largest, smallest or average value</source>
            <translation>像素所显示的厚层数值：最大、最小或平均</translation>
        </message>
        <message>
            <source>What another batch over the same patients says</source>
            <translation>同一批患者的另一批次的结果</translation>
        </message>
        <message>
            <source>What changed</source>
            <translation>变化内容</translation>
        </message>
        <message>
            <source>What changed by more than 0.1, or has another decision; the largest change first</source>
            <translation>变化超过 0.1 或判定不同的项；最大的变化在前</translation>
        </message>
        <message>
            <source>What happens at the start with the patients that were open when MedMM was closed.</source>
            <translation>启动时如何处理上次关闭 MedMM 时打开的患者。</translation>
        </message>
        <message>
            <source>What is different in how the results came about</source>
            <translation>两个结果的由来有何不同</translation>
        </message>
        <message>
            <source>What is different in how they came about</source>
            <translation>由来有何不同</translation>
        </message>
        <message>
            <source>What is finished is kept. The whole text is in {said}, in the folder of the results.</source>
            <translation>已完成的内容已保留。全文在结果文件夹的 {said} 中。</translation>
        </message>
        <message>
            <source>What is so, in your words</source>
            <translation>用您的话说明实际情况</translation>
        </message>
        <message>
            <source>What it does</source>
            <translation>功能</translation>
        </message>
        <message>
            <source>What it says of the patient agrees with the rest of the case.</source>
            <translation>所注明的患者与本病例其余内容一致。</translation>
        </message>
        <message>
            <source>What reached the network</source>
            <translation>送入网络的数据</translation>
        </message>
        <message>
            <source>What the netw&amp;ork saw...</source>
            <translation>网络所见(&amp;O)...</translation>
        </message>
        <message>
            <source>What the network saw</source>
            <translation>网络所见</translation>
        </message>
        <message>
            <source>What the report says, as a tree; Left and Right fold and unfold</source>
            <translation>以树状显示的报告内容；左右方向键折叠和展开</translation>
        </message>
        <message>
            <source>What was scored is kept. Look at `ray status`, then go on with --resume.</source>
            <translation>已评分的结果均已保存。请查看 `ray status`，然后用 --resume 继续。</translation>
        </message>
        <message>
            <source>What was scored is kept. Once it can be reached again, go on with --resume.</source>
            <translation>已评分的结果均已保存。恢复可访问后，请用 --resume 继续。</translation>
        </message>
        <message>
            <source>What was scored is kept. Once the folder is back, go on with --resume.</source>
            <translation>已评分的结果均已保存。文件夹恢复后,请用 --resume 继续。</translation>
        </message>
        <message>
            <source>What would change the answer</source>
            <translation>什么会改变答案</translation>
        </message>
        <message>
            <source>What you see: {call}</source>
            <translation>您所见：{call}</translation>
        </message>
        <message>
            <source>Wheel zooms, a drag moves, a double click shows all; Left and Right step, Enter opens</source>
            <translation>滚轮缩放，拖动平移，双击显示全部；左右键逐项移动，回车打开</translation>
        </message>
        <message>
            <source>Wheel zooms, a drag moves, a double click shows all; arrows read off, with Shift in longer steps</source>
            <translation>滚轮缩放，拖动平移，双击显示全部；方向键读取数值，按住 Shift 步距更大</translation>
        </message>
        <message>
            <source>Wheel zooms, a drag moves, a drag along the axis zooms into that stretch, a double click shows all</source>
            <translation>滚轮缩放，拖动平移，沿时间轴拖动可放大该段，双击显示全部</translation>
        </message>
        <message>
            <source>When it was measured, the newest first</source>
            <translation>测量时间，最新的在前</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>Where patients, checkpoints and the bundle are put</source>
            <translation>患者、检查点和模型包的存放位置</translation>
        </message>
        <message>
            <source>Where the model runs.</source>
            <translation>模型在何处运行。</translation>
        </message>
        <message>
            <source>Which files were read, which were skipped, why</source>
            <translation>哪些文件已读取，哪些被跳过及其原因</translation>
        </message>
        <message>
            <source>Which note</source>
            <translation>选择病历</translation>
        </message>
        <message>
            <source>Which readings count</source>
            <translation>计入哪些读片</translation>
        </message>
        <message>
            <source>Which recording is shown</source>
            <translation>显示哪段录音</translation>
        </message>
        <message>
            <source>Which vital signs are shown</source>
            <translation>显示哪些生命体征</translation>
        </message>
        <message>
            <source>Who is to read the cases chosen; empty for nobody</source>
            <translation>由谁阅读所选病例；留空表示无人</translation>
        </message>
        <message>
            <source>Who signs?</source>
            <translation>由谁签名？</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>依据</translation>
        </message>
        <message>
            <source>Why may these inputs be scored together? The reason will stand in the result and in the report.</source>
            <translation>为何可以将这些输入一起评分？理由将记入结果和报告。</translation>
        </message>
        <message>
            <source>Why the selected finding got its number</source>
            <translation>所选征象数值的依据</translation>
        </message>
        <message>
            <source>Width</source>
            <translation>窗宽</translation>
        </message>
        <message>
            <source>Width and level are finite numbers.</source>
            <translation>窗宽和窗位须为有限数值。</translation>
        </message>
        <message>
            <source>Window 1 of the menu</source>
            <translation>菜单中的第 1 个窗宽窗位</translation>
        </message>
        <message>
            <source>Window 2 of the menu</source>
            <translation>菜单中的第 2 个窗宽窗位</translation>
        </message>
        <message>
            <source>Window 3 of the menu</source>
            <translation>菜单中的第 3 个窗宽窗位</translation>
        </message>
        <message>
            <source>Window 4 of the menu</source>
            <translation>菜单中的第 4 个窗宽窗位</translation>
        </message>
        <message>
            <source>Window 5 of the menu</source>
            <translation>菜单中的第 5 个窗宽窗位</translation>
        </message>
        <message>
            <source>Window 6 of the menu</source>
            <translation>菜单中的第 6 个窗宽窗位</translation>
        </message>
        <message>
            <source>Window 7 of the menu</source>
            <translation>菜单中的第 7 个窗宽窗位</translation>
        </message>
        <message>
            <source>Window 8 of the menu</source>
            <translation>菜单中的第 8 个窗宽窗位</translation>
        </message>
        <message>
            <source>Window 9 of the menu</source>
            <translation>菜单中的第 9 个窗宽窗位</translation>
        </message>
        <message>
            <source>Window from the 0.5 to the 99.5 percentile of the slice shown</source>
            <translation>按当前层 0.5 至 99.5 百分位设定窗宽窗位</translation>
        </message>
        <message>
            <source>Window pr&amp;esets...</source>
            <translation>窗宽窗位预设(&amp;E)...</translation>
        </message>
        <message>
            <source>Window presets</source>
            <translation>窗宽窗位预设</translation>
        </message>
        <message>
            <source>Window presets of yours were left out.</source>
            <translation>您的部分窗宽窗位预设未被采用。</translation>
        </message>
        <message>
            <source>Window {width} / {center} of the file, to 0 to 1</source>
            <translation>文件的窗 {width} / {center}，映射到 0 至 1</translation>
        </message>
        <message>
            <source>Window {width} / {center} of the model, to 0 to 1</source>
            <translation>模型的窗 {width} / {center}，映射到 0 至 1</translation>
        </message>
        <message>
            <source>Window {width} / {center}, the 0.5 to 99.5 percentile, to 0 to 1</source>
            <translation>窗 {width} / {center}（0.5 至 99.5 百分位），映射到 0 至 1</translation>
        </message>
        <message>
            <source>With the window tool, up and down then change the level; off: the other way round.</source>
            <translation>使用窗宽/窗位工具时，上下拖动调整窗位；关闭则相反。</translation>
        </message>
        <message>
            <source>Words of a setting's name or description</source>
            <translation>设置名称或说明中的词语</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>工作</translation>
        </message>
        <message>
            <source>Worklist</source>
            <translation>工作列表</translation>
        </message>
        <message>
            <source>Write "do_lower_case": false into its tokenizer_config.json.</source>
            <translation>请在其 tokenizer_config.json 中写入 "do_lower_case": false。</translation>
        </message>
        <message>
            <source>Write 1 to {max_side} rows and columns and at most as many cells as viewports.</source>
            <translation>行数和列数写 1 至 {max_side}，单元格数不超过视口数。</translation>
        </message>
        <message>
            <source>Write all of them the same way.</source>
            <translation>请统一书写方式。</translation>
        </message>
        <message>
            <source>Write the PDF to a file of your choice</source>
            <translation>将 PDF 写到您选择的文件</translation>
        </message>
        <message>
            <source>Write the report as a PDF</source>
            <translation>将报告写为 PDF</translation>
        </message>
        <message>
            <source>Write times as 2024-01-31 13:05.</source>
            <translation>时间请写作 2024-01-31 13:05。</translation>
        </message>
        <message>
            <source>Writing the changes</source>
            <translation>正在写入变化</translation>
        </message>
        <message>
            <source>Writing the import report</source>
            <translation>正在写入导入报告</translation>
        </message>
        <message>
            <source>Writing the list of cases</source>
            <translation>正在写入病例列表</translation>
        </message>
        <message>
            <source>Writing the report</source>
            <translation>正在写报告</translation>
        </message>
        <message>
            <source>Writing the reviews</source>
            <translation>正在写入审阅记录</translation>
        </message>
        <message>
            <source>XA image</source>
            <translation>XA 图像</translation>
        </message>
        <message>
            <source>You give no opinion on this finding</source>
            <translation>您对该所见不表示意见</translation>
        </message>
        <message>
            <source>Your name stands under the review. It is asked once and kept in the settings.</source>
            <translation>您的姓名将列在审阅之下。只询问一次，并保存在设置中。</translation>
        </message>
        <message>
            <source>Your words stand in the report; Enter keeps the verdict, Esc leaves it</source>
            <translation>您的文字将列入报告；Enter 保存判断，Esc 放弃</translation>
        </message>
        <message>
            <source>Your words will be printed in the report</source>
            <translation>您填写的内容将印在报告中</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>缩放</translation>
        </message>
        <message>
            <source>`medmm models import` it there, or put it into a folder that every machine sees.</source>
            <translation>请在那里用 `medmm models import` 导入，或将其放入每台机器都能访问的文件夹。</translation>
        </message>
        <message>
            <source>`medmm models list` shows the bundles.</source>
            <translation>`medmm models list` 会列出模型包。</translation>
        </message>
        <message>
            <source>a CDA document</source>
            <translation>CDA 文档</translation>
        </message>
        <message>
            <source>a DICOM file</source>
            <translation>DICOM 文件</translation>
        </message>
        <message>
            <source>a DICOMDIR index</source>
            <translation>DICOMDIR 索引</translation>
        </message>
        <message>
            <source>a GIF image</source>
            <translation>GIF 图像</translation>
        </message>
        <message>
            <source>a JPEG image</source>
            <translation>JPEG 图像</translation>
        </message>
        <message>
            <source>a JSON document</source>
            <translation>JSON 文档</translation>
        </message>
        <message>
            <source>a Linux program</source>
            <translation>Linux 程序</translation>
        </message>
        <message>
            <source>a PDF</source>
            <translation>PDF</translation>
        </message>
        <message>
            <source>a PDF document</source>
            <translation>PDF 文档</translation>
        </message>
        <message>
            <source>a PNG image</source>
            <translation>PNG 图像</translation>
        </message>
        <message>
            <source>a Parquet table</source>
            <translation>Parquet 表格</translation>
        </message>
        <message>
            <source>a RIFF (sound or video) file</source>
            <translation>RIFF（声音或视频）文件</translation>
        </message>
        <message>
            <source>a Windows program</source>
            <translation>Windows 程序</translation>
        </message>
        <message>
            <source>a basic structured display</source>
            <translation>基本结构化显示</translation>
        </message>
        <message>
            <source>a colour image has no modality values</source>
            <translation>彩色图像没有模态值</translation>
        </message>
        <message>
            <source>a computed plane</source>
            <translation>计算得到的平面</translation>
        </message>
        <message>
            <source>a defect of MedMM ({kind} at {place})</source>
            <translation>MedMM 的缺陷（{kind}，位于 {place}）</translation>
        </message>
        <message>
            <source>a deformable registration</source>
            <translation>形变配准</translation>
        </message>
        <message>
            <source>a fault ({error})</source>
            <translation>故障（{error}）</translation>
        </message>
        <message>
            <source>a fraction of 1</source>
            <translation>1 的分数</translation>
        </message>
        <message>
            <source>a gzip archive</source>
            <translation>gzip 归档</translation>
        </message>
        <message>
            <source>a hanging protocol</source>
            <translation>挂片方案</translation>
        </message>
        <message>
            <source>a key object selection</source>
            <translation>关键对象选择</translation>
        </message>
        <message>
            <source>a label map segmentation</source>
            <translation>标签图分割</translation>
        </message>
        <message>
            <source>a macOS or Java program</source>
            <translation>macOS 或 Java 程序</translation>
        </message>
        <message>
            <source>a macOS program</source>
            <translation>macOS 程序</translation>
        </message>
        <message>
            <source>a man</source>
            <translation>男性</translation>
        </message>
        <message>
            <source>a pacemaker or defibrillator</source>
            <translation>起搏器或除颤器</translation>
        </message>
        <message>
            <source>a parametric map</source>
            <translation>参数图</translation>
        </message>
        <message>
            <source>a patient born</source>
            <translation>出生日期为下列的患者：</translation>
        </message>
        <message>
            <source>a patient of sex</source>
            <translation>性别为下列的患者：</translation>
        </message>
        <message>
            <source>a presentation state</source>
            <translation>显示状态</translation>
        </message>
        <message>
            <source>a program</source>
            <translation>程序</translation>
        </message>
        <message>
            <source>a quote that is never closed</source>
            <translation>未闭合的引号</translation>
        </message>
        <message>
            <source>a radiotherapy object</source>
            <translation>放射治疗对象</translation>
        </message>
        <message>
            <source>a real world value map</source>
            <translation>真实世界值映射</translation>
        </message>
        <message>
            <source>a removed lung or lobe</source>
            <translation>已切除的肺或肺叶</translation>
        </message>
        <message>
            <source>a script</source>
            <translation>脚本</translation>
        </message>
        <message>
            <source>a section that the model does not read</source>
            <translation>模型不读取的段落</translation>
        </message>
        <message>
            <source>a segmentation</source>
            <translation>分割</translation>
        </message>
        <message>
            <source>a spatial registration</source>
            <translation>空间配准</translation>
        </message>
        <message>
            <source>a structured report</source>
            <translation>结构化报告</translation>
        </message>
        <message>
            <source>a surface scan mesh</source>
            <translation>表面扫描网格</translation>
        </message>
        <message>
            <source>a surface segmentation</source>
            <translation>表面分割</translation>
        </message>
        <message>
            <source>a table of keys in quotes</source>
            <translation>键值表（带引号）</translation>
        </message>
        <message>
            <source>a waveform</source>
            <translation>波形</translation>
        </message>
        <message>
            <source>a whole number</source>
            <translation>整数</translation>
        </message>
        <message>
            <source>a whole slide image of tiles</source>
            <translation>切片式全视野图像</translation>
        </message>
        <message>
            <source>a woman</source>
            <translation>女性</translation>
        </message>
        <message>
            <source>a work item</source>
            <translation>工作项</translation>
        </message>
        <message>
            <source>a zip archive</source>
            <translation>zip 归档</translation>
        </message>
        <message>
            <source>a zip archive or an Office document</source>
            <translation>zip 归档或 Office 文档</translation>
        </message>
        <message>
            <source>about {n} h left</source>
            <translation>约剩 {n} 小时</translation>
        </message>
        <message>
            <source>about {n} min left</source>
            <translation>约剩 {n} 分钟</translation>
        </message>
        <message>
            <source>about {n} s left</source>
            <translation>约剩 {n} 秒</translation>
        </message>
        <message>
            <source>absent</source>
            <translation>无</translation>
        </message>
        <message>
            <source>acc {number}</source>
            <translation>检查号 {number}</translation>
        </message>
        <message>
            <source>acc {value}</source>
            <translation>检查号 {value}</translation>
        </message>
        <message>
            <source>accept {finding}</source>
            <translation>同意{finding}</translation>
        </message>
        <message>
            <source>accepted</source>
            <translation>同意</translation>
        </message>
        <message>
            <source>accession {number}</source>
            <translation>检查号 {number}</translation>
        </message>
        <message>
            <source>acquisition {value}</source>
            <translation>采集 {value}</translation>
        </message>
        <message>
            <source>after the study; not given to the model</source>
            <translation>在检查之后；未提供给模型</translation>
        </message>
        <message>
            <source>an HL7 v2 message</source>
            <translation>HL7 v2 消息</translation>
        </message>
        <message>
            <source>an HTML document</source>
            <translation>HTML 文档</translation>
        </message>
        <message>
            <source>an HTML or XML document</source>
            <translation>HTML 或 XML 文档</translation>
        </message>
        <message>
            <source>an HTML or XML page</source>
            <translation>HTML 或 XML 页面</translation>
        </message>
        <message>
            <source>an RTF document</source>
            <translation>RTF 文档</translation>
        </message>
        <message>
            <source>an SQLite database</source>
            <translation>SQLite 数据库</translation>
        </message>
        <message>
            <source>an XML document</source>
            <translation>XML 文档</translation>
        </message>
        <message>
            <source>an empty zip archive</source>
            <translation>空的 zip 归档</translation>
        </message>
        <message>
            <source>an encapsulated CDA document</source>
            <translation>封装的 CDA 文档</translation>
        </message>
        <message>
            <source>an encapsulated PDF</source>
            <translation>封装的 PDF</translation>
        </message>
        <message>
            <source>an encapsulated STL model</source>
            <translation>封装的 STL 模型</translation>
        </message>
        <message>
            <source>an image opened here</source>
            <translation>此处已打开的图像</translation>
        </message>
        <message>
            <source>an image that is not open</source>
            <translation>未打开的图像</translation>
        </message>
        <message>
            <source>an old Office document</source>
            <translation>旧式 Office 文档</translation>
        </message>
        <message>
            <source>an operation on the chest or a post-operative state</source>
            <translation>胸部手术或术后状态</translation>
        </message>
        <message>
            <source>an ophthalmic measurement</source>
            <translation>眼科测量</translation>
        </message>
        <message>
            <source>and {n} more remarks</source>
            <translation>另有 {n} 条提示</translation>
        </message>
        <message>
            <source>another bundle {name!r} is installed</source>
            <translation>已安装另一个名为 {name!r} 的模型包</translation>
        </message>
        <message>
            <source>another kind of file</source>
            <translation>其他类型的文件</translation>
        </message>
        <message>
            <source>another process is writing to {name!r}</source>
            <translation>另一进程正在写入 {name!r}</translation>
        </message>
        <message>
            <source>another script</source>
            <translation>其他文字</translation>
        </message>
        <message>
            <source>areas that changed the score</source>
            <translation>影响分值的区域</translation>
        </message>
        <message>
            <source>at detector</source>
            <translation>探测器处</translation>
        </message>
        <message>
            <source>at scanner</source>
            <translation>扫描仪处</translation>
        </message>
        <message>
            <source>at {value}</source>
            <translation>{value} 采集</translation>
        </message>
        <message>
            <source>audio</source>
            <translation>音频</translation>
        </message>
        <message>
            <source>average</source>
            <translation>平均</translation>
        </message>
        <message>
            <source>axial</source>
            <translation>横断面</translation>
        </message>
        <message>
            <source>b {value}</source>
            <translation>b {value}</translation>
        </message>
        <message>
            <source>baseline {baseline}   {parts}   =   {total} logits</source>
            <translation>基线 {baseline}   {parts}   =   {total} logit</translation>
        </message>
        <message>
            <source>belong to</source>
            <translation>属于</translation>
        </message>
        <message>
            <source>belongs to</source>
            <translation>属于</translation>
        </message>
        <message>
            <source>between {name!r} and {next_name!r}</source>
            <translation>位于 {name!r} 与 {next_name!r} 之间</translation>
        </message>
        <message>
            <source>beyond the model's limit</source>
            <translation>超出模型的上限</translation>
        </message>
        <message>
            <source>birth date</source>
            <translation>出生日期</translation>
        </message>
        <message>
            <source>born {value}</source>
            <translation>出生 {value}</translation>
        </message>
        <message>
            <source>both sides</source>
            <translation>双侧</translation>
        </message>
        <message>
            <source>bundle {name!r} could not be installed: {reason}</source>
            <translation>模型包 {name!r} 无法安装：{reason}</translation>
        </message>
        <message>
            <source>bundle {name!r} has no SHA256SUMS</source>
            <translation>模型包 {name!r} 没有 SHA256SUMS</translation>
        </message>
        <message>
            <source>bundle {name!r} has no card</source>
            <translation>模型包 {name!r} 没有模型卡</translation>
        </message>
        <message>
            <source>bundle {name!r} has no golden case to prove itself with</source>
            <translation>模型包 {name!r} 没有可自证的基准病例</translation>
        </message>
        <message>
            <source>bundle {name!r} has no {sums}, so nothing in it can be checked</source>
            <translation>模型包 {name!r} 没有 {sums}，其内容无法核对</translation>
        </message>
        <message>
            <source>bundle {name!r}: metadata.json has no medmm block of schema {spec_schema}</source>
            <translation>模型包 {name!r}：metadata.json 没有 {spec_schema} 版的 medmm 部分</translation>
        </message>
        <message>
            <source>bundle {name!r}: the golden case differs by {gap:.4f} in logits (at most {tolerance})</source>
            <translation>模型包 {name!r}：基准病例的 logit 相差 {gap:.4f}（最多 {tolerance}）</translation>
        </message>
        <message>
            <source>bundle {name!r}: the golden case gives {shape} logits</source>
            <translation>模型包 {name!r}：基准病例给出 {shape} 个 logit</translation>
        </message>
        <message>
            <source>bundle {name!r}: the weights cannot be read: {error}</source>
            <translation>模型包 {name!r}：无法读取权重：{error}</translation>
        </message>
        <message>
            <source>bundle {name!r}: weights do not fit the network, first at {wrong!r}</source>
            <translation>模型包 {name!r}：权重与网络不符，首先在 {wrong!r}</translation>
        </message>
        <message>
            <source>bundle {name!r}: {entry} cannot be used: {what}</source>
            <translation>模型包 {name!r}：{entry} 不能使用：{what}</translation>
        </message>
        <message>
            <source>bundle {name!r}: {entry} has {n_bytes} bytes</source>
            <translation>模型包 {name!r}：{entry} 有 {n_bytes} 字节</translation>
        </message>
        <message>
            <source>bundle {name!r}: {entry} holds {value!r}, which asks for code</source>
            <translation>模型包 {name!r}：{entry} 含 {value!r}，要求执行代码</translation>
        </message>
        <message>
            <source>bundle {name!r}: {entry} is listed in {sums} but missing</source>
            <translation>模型包 {name!r}：{sums} 列有 {entry}，但缺少该文件</translation>
        </message>
        <message>
            <source>bundle {name!r}: {entry} is missing</source>
            <translation>模型包 {name!r}：缺少 {entry}</translation>
        </message>
        <message>
            <source>bundle {name!r}: {entry} is not JSON: {error}</source>
            <translation>模型包 {name!r}：{entry} 不是 JSON：{error}</translation>
        </message>
        <message>
            <source>bundle {name!r}: {entry} is not a JSON object</source>
            <translation>模型包 {name!r}：{entry} 不是 JSON 对象</translation>
        </message>
        <message>
            <source>bundle {name!r}: {entry} is not listed in {sums}</source>
            <translation>模型包 {name!r}：{sums} 未列出 {entry}</translation>
        </message>
        <message>
            <source>bundle {name!r}: {entry} is of a kind that a bundle may not hold</source>
            <translation>模型包 {name!r}：{entry} 属于模型包不得包含的种类</translation>
        </message>
        <message>
            <source>bundle {name!r}: {entry} was changed (sha256 {found}..., expected {expected}...)</source>
            <translation>模型包 {name!r}：{entry} 已被更改（sha256 {found}...，应为 {expected}...）</translation>
        </message>
        <message>
            <source>bundle {name!r}: {place} is a link or a special file</source>
            <translation>模型包 {name!r}：{place} 是链接或特殊文件</translation>
        </message>
        <message>
            <source>bundle {name!r}: {sums} ends in {rest!r}</source>
            <translation>模型包 {name!r}：{sums} 以 {rest!r} 结尾</translation>
        </message>
        <message>
            <source>bundle {name!r}: {sums} has a bad line: {line!r}</source>
            <translation>模型包 {name!r}：{sums} 有一行有误：{line!r}</translation>
        </message>
        <message>
            <source>bundle {name!r}: {sums} lists {entry} twice</source>
            <translation>模型包 {name!r}：{sums} 两次列出 {entry}</translation>
        </message>
        <message>
            <source>calibrated: {type}</source>
            <translation>已校准：{type}</translation>
        </message>
        <message>
            <source>calibration unknown</source>
            <translation>校准未知</translation>
        </message>
        <message>
            <source>calibration.json does not name the findings of the model</source>
            <translation>calibration.json 未列出该模型的发现</translation>
        </message>
        <message>
            <source>calibration.json: findings that exclude each other have one temperature, not several</source>
            <translation>calibration.json：互斥的发现只能共用一个温度，不能有多个</translation>
        </message>
        <message>
            <source>calibration.json: value out of range for {bad!r}</source>
            <translation>calibration.json：{bad!r} 的值超出范围</translation>
        </message>
        <message>
            <source>calibration.json: {error}</source>
            <translation>calibration.json：{error}</translation>
        </message>
        <message>
            <source>cannot tell</source>
            <translation>无法判断</translation>
        </message>
        <message>
            <source>change {finding}</source>
            <translation>修改{finding}</translation>
        </message>
        <message>
            <source>changed</source>
            <translation>修改</translation>
        </message>
        <message>
            <source>checks</source>
            <translation>核对</translation>
        </message>
        <message>
            <source>cleaned</source>
            <translation>清理</translation>
        </message>
        <message>
            <source>clipped: {black} % black, {white} % white</source>
            <translation>截断：{black} % 黑，{white} % 白</translation>
        </message>
        <message>
            <source>complete</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>computed by</source>
            <translation>计算库</translation>
        </message>
        <message>
            <source>computed: {plane}, plane {number}</source>
            <translation>计算所得：{plane}，第 {number} 层</translation>
        </message>
        <message>
            <source>conflict</source>
            <translation>冲突</translation>
        </message>
        <message>
            <source>contains</source>
            <translation>包含</translation>
        </message>
        <message>
            <source>contrast {value}</source>
            <translation>对比剂 {value}</translation>
        </message>
        <message>
            <source>coronal</source>
            <translation>冠状面</translation>
        </message>
        <message>
            <source>coronal, whole MIP</source>
            <translation>冠状面，全层 MIP</translation>
        </message>
        <message>
            <source>could not be read</source>
            <translation>无法读取</translation>
        </message>
        <message>
            <source>could not be scored</source>
            <translation>无法评分</translation>
        </message>
        <message>
            <source>count</source>
            <translation>次数</translation>
        </message>
        <message>
            <source>dashed: what the network saw</source>
            <translation>虚线框：网络所见范围</translation>
        </message>
        <message>
            <source>date not stated</source>
            <translation>日期未注明</translation>
        </message>
        <message>
            <source>decay or attenuation is not corrected</source>
            <translation>未作衰变或衰减校正</translation>
        </message>
        <message>
            <source>default</source>
            <translation>默认值</translation>
        </message>
        <message>
            <source>delete {name}</source>
            <translation>删除{name}</translation>
        </message>
        <message>
            <source>denied words marked</source>
            <translation>标记被否定的词</translation>
        </message>
        <message>
            <source>denied, weighed as one: {weight} logits</source>
            <translation>否认，整体计权：{weight} logit</translation>
        </message>
        <message>
            <source>device</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>document</source>
            <translation>文档</translation>
        </message>
        <message>
            <source>done</source>
            <translation>完成</translation>
        </message>
        <message>
            <source>draw {name}</source>
            <translation>绘制{name}</translation>
        </message>
        <message>
            <source>echo {value}</source>
            <translation>回波 {value}</translation>
        </message>
        <message>
            <source>elements</source>
            <translation>个元素</translation>
        </message>
        <message>
            <source>engine starting</source>
            <translation>引擎正在启动</translation>
        </message>
        <message>
            <source>even grey at the edge: padding</source>
            <translation>边缘均匀灰色：填充</translation>
        </message>
        <message>
            <source>exit code {code}</source>
            <translation>退出码 {code}</translation>
        </message>
        <message>
            <source>explanation</source>
            <translation>解释</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <source>female</source>
            <translation>女</translation>
        </message>
        <message>
            <source>folded</source>
            <translation>已折叠</translation>
        </message>
        <message>
            <source>folder {name!r} cannot be created: {reason}</source>
            <translation>无法创建文件夹 {name!r}：{reason}</translation>
        </message>
        <message>
            <source>folder {out!r} is not empty</source>
            <translation>文件夹 {out!r} 非空</translation>
        </message>
        <message>
            <source>follows {n} earlier versions</source>
            <translation>之前有 {n} 个版本</translation>
        </message>
        <message>
            <source>frame of reference</source>
            <translation>参考坐标系</translation>
        </message>
        <message>
            <source>frame {counted}</source>
            <translation>帧 {counted}</translation>
        </message>
        <message>
            <source>frame {frames}</source>
            <translation>帧 {frames}</translation>
        </message>
        <message>
            <source>frame {number}</source>
            <translation>帧 {number}</translation>
        </message>
        <message>
            <source>frame {number} of series {series}</source>
            <translation>序列 {series} 的第 {number} 帧</translation>
        </message>
        <message>
            <source>full range</source>
            <translation>全范围</translation>
        </message>
        <message>
            <source>gradient {value}</source>
            <translation>梯度 {value}</translation>
        </message>
        <message>
            <source>graphics hidden</source>
            <translation>图形已隐藏</translation>
        </message>
        <message>
            <source>handing over</source>
            <translation>移交数据</translation>
        </message>
        <message>
            <source>has a format chunk of {n_bytes} bytes, which is cut off</source>
            <translation>的格式块只有 {n_bytes} 字节，不完整</translation>
        </message>
        <message>
            <source>has a header and no rows</source>
            <translation>只有表头，没有数据行</translation>
        </message>
        <message>
            <source>has acq context</source>
            <translation>采集背景</translation>
        </message>
        <message>
            <source>has concept mod</source>
            <translation>概念修饰</translation>
        </message>
        <message>
            <source>has more than {max_rows:,} rows</source>
            <translation>超过 {max_rows:,} 行</translation>
        </message>
        <message>
            <source>has no format chunk</source>
            <translation>没有格式块</translation>
        </message>
        <message>
            <source>has no header line with cells</source>
            <translation>没有含单元格的表头行</translation>
        </message>
        <message>
            <source>has obs context</source>
            <translation>观察背景</translation>
        </message>
        <message>
            <source>has properties</source>
            <translation>属性</translation>
        </message>
        <message>
            <source>has samples of {n_bits} bits</source>
            <translation>的采样位数为 {n_bits} 位</translation>
        </message>
        <message>
            <source>has two columns named {double!r}</source>
            <translation>有两列名为 {double!r}</translation>
        </message>
        <message>
            <source>has {n_cells:,} columns; at most {max_columns:,} are read</source>
            <translation>有 {n_cells:,} 列；最多读取 {max_columns:,} 列</translation>
        </message>
        <message>
            <source>has {reason}, found at line {line_num}</source>
            <translation>有{reason}，位于第 {line_num} 行</translation>
        </message>
        <message>
            <source>highest</source>
            <translation>最高</translation>
        </message>
        <message>
            <source>holds no samples</source>
            <translation>不含任何采样</translation>
        </message>
        <message>
            <source>holds values that are no numbers</source>
            <translation>含有非数值的采样</translation>
        </message>
        <message>
            <source>hottest at the finding in {percent} % of the tests</source>
            <translation>测试中最热处位于所见的占 {percent} %</translation>
        </message>
        <message>
            <source>hours since</source>
            <translation>距今小时</translation>
        </message>
        <message>
            <source>identity</source>
            <translation>身份</translation>
        </message>
        <message>
            <source>identity conflict</source>
            <translation>身份冲突</translation>
        </message>
        <message>
            <source>identity conflict overridden</source>
            <translation>已越过身份冲突</translation>
        </message>
        <message>
            <source>if</source>
            <translation>如果</translation>
        </message>
        <message>
            <source>image</source>
            <translation>图像</translation>
        </message>
        <message>
            <source>image {number}</source>
            <translation>图像 {number}</translation>
        </message>
        <message>
            <source>image {number} of series {series}</source>
            <translation>序列 {series} 的第 {number} 幅图像</translation>
        </message>
        <message>
            <source>inferred from</source>
            <translation>推断自</translation>
        </message>
        <message>
            <source>info</source>
            <translation>提示</translation>
        </message>
        <message>
            <source>interval: range of {n} members</source>
            <translation>区间：{n} 个成员的范围</translation>
        </message>
        <message>
            <source>inverted</source>
            <translation>反相</translation>
        </message>
        <message>
            <source>is compressed ({name}); only uncompressed PCM and float are read</source>
            <translation>是压缩格式（{name}）；只能读取未压缩的 PCM 和浮点格式</translation>
        </message>
        <message>
            <source>is cut off: {n_found:,} of {n_stated:,} bytes of samples</source>
            <translation>不完整：采样数据应有 {n_stated:,} 字节，实有 {n_found:,} 字节</translation>
        </message>
        <message>
            <source>is silent</source>
            <translation>没有声音</translation>
        </message>
        <message>
            <source>is silent once its channels are averaged: they cancel each other</source>
            <translation>各声道平均后没有声音：它们互相抵消</translation>
        </message>
        <message>
            <source>it has MedMM {here}, the batch runs MedMM {there}</source>
            <translation>该机器上是 MedMM {here}，批处理运行的是 MedMM {there}</translation>
        </message>
        <message>
            <source>it is damaged</source>
            <translation>已损坏</translation>
        </message>
        <message>
            <source>it is empty now</source>
            <translation>现在为空</translation>
        </message>
        <message>
            <source>it is no UTF-8 text</source>
            <translation>不是 UTF-8 文本</translation>
        </message>
        <message>
            <source>it is no part of this version of MedMM</source>
            <translation>它不是此版本 MedMM 的分块</translation>
        </message>
        <message>
            <source>it is no regular file</source>
            <translation>不是普通文件</translation>
        </message>
        <message>
            <source>it is of an older batch, and this one was begun without --resume</source>
            <translation>它来自较早的批处理，而此次未使用 --resume</translation>
        </message>
        <message>
            <source>it is the work of another bundle, or of other patients</source>
            <translation>它来自另一个模型包，或属于其他患者</translation>
        </message>
        <message>
            <source>it sees another folder where the parts are to be</source>
            <translation>该机器在分块位置看到的是另一个文件夹</translation>
        </message>
        <message>
            <source>items</source>
            <translation>个条目</translation>
        </message>
        <message>
            <source>its bundle is another one than that of this batch</source>
            <translation>其模型包与此批处理的不同</translation>
        </message>
        <message>
            <source>its files are not what its rows tell of</source>
            <translation>其文件与其记录不符</translation>
        </message>
        <message>
            <source>kernel {value}</source>
            <translation>卷积核 {value}</translation>
        </message>
        <message>
            <source>key image</source>
            <translation>关键图像</translation>
        </message>
        <message>
            <source>key images</source>
            <translation>关键图像</translation>
        </message>
        <message>
            <source>kind</source>
            <translation>种类</translation>
        </message>
        <message>
            <source>known</source>
            <translation>已知</translation>
        </message>
        <message>
            <source>last</source>
            <translation>最近值</translation>
        </message>
        <message>
            <source>lasts {seconds:.0f} s, more than {most:.0f} s</source>
            <translation>时长 {seconds:.0f} 秒，超过 {most:.0f} 秒</translation>
        </message>
        <message>
            <source>lasts {seconds:.2f} s; at least {least:g} s are needed</source>
            <translation>时长 {seconds:.2f} 秒；至少需要 {least:g} 秒</translation>
        </message>
        <message>
            <source>left</source>
            <translation>左</translation>
        </message>
        <message>
            <source>left out by choice</source>
            <translation>主动略去</translation>
        </message>
        <message>
            <source>levels of nested sequences</source>
            <translation>层嵌套序列</translation>
        </message>
        <message>
            <source>line {line} has a cell of {longest:,} characters</source>
            <translation>第 {line} 行有一个 {longest:,} 个字符的单元格</translation>
        </message>
        <message>
            <source>line {line} has no time</source>
            <translation>第 {line} 行没有时间</translation>
        </message>
        <message>
            <source>line {line} has {n_cells} cells, the header has {n_header}</source>
            <translation>第 {line} 行有 {n_cells} 个单元格，表头有 {n_header} 个</translation>
        </message>
        <message>
            <source>lines at the top that name the patient</source>
            <translation>开头标明患者身份的行</translation>
        </message>
        <message>
            <source>loading the model</source>
            <translation>加载模型</translation>
        </message>
        <message>
            <source>localizer</source>
            <translation>定位像</translation>
        </message>
        <message>
            <source>location {value} mm</source>
            <translation>位置 {value} mm</translation>
        </message>
        <message>
            <source>logit/s</source>
            <translation>logit/s</translation>
        </message>
        <message>
            <source>looking at files</source>
            <translation>查看文件</translation>
        </message>
        <message>
            <source>loss {loss}</source>
            <translation>损失 {loss}</translation>
        </message>
        <message>
            <source>lossy</source>
            <translation>有损</translation>
        </message>
        <message>
            <source>lossy {steps}</source>
            <translation>有损 {steps}</translation>
        </message>
        <message>
            <source>lowest</source>
            <translation>最低</translation>
        </message>
        <message>
            <source>lowest {low}, highest {high}, mean {mean}</source>
            <translation>最低 {low}，最高 {high}，均值 {mean}</translation>
        </message>
        <message>
            <source>magnification corrected {factor:.2f}</source>
            <translation>放大已校正 {factor:.2f}</translation>
        </message>
        <message>
            <source>male</source>
            <translation>男</translation>
        </message>
        <message>
            <source>mammogram</source>
            <translation>乳腺 X 线图像</translation>
        </message>
        <message>
            <source>map resolution {rows}×{cols}</source>
            <translation>热图分辨率 {rows}×{cols}</translation>
        </message>
        <message>
            <source>mark a key image</source>
            <translation>标记关键图像</translation>
        </message>
        <message>
            <source>marked here</source>
            <translation>在此标记</translation>
        </message>
        <message>
            <source>matrix</source>
            <translation>矩阵</translation>
        </message>
        <message>
            <source>max {value}</source>
            <translation>最大 {value}</translation>
        </message>
        <message>
            <source>mean</source>
            <translation>均值</translation>
        </message>
        <message>
            <source>mean {value}</source>
            <translation>均值 {value}</translation>
        </message>
        <message>
            <source>measured at {n} times, {m} values marked</source>
            <translation>测量 {n} 次，{m} 个值有标记</translation>
        </message>
        <message>
            <source>measurements</source>
            <translation>测量</translation>
        </message>
        <message>
            <source>medmm.toml declares {names}, which the table does not have.</source>
            <translation>medmm.toml 声明了 {names}，但表格中没有。</translation>
        </message>
        <message>
            <source>medmm.toml says that the column {name!r} is {said!r}, which is nothing that MedMM reads</source>
            <translation>medmm.toml 称列 {name!r} 为 {said!r}，MedMM 不读取此项</translation>
        </message>
        <message>
            <source>method {name!r} was not tested</source>
            <translation>方法 {name!r} 未经测试</translation>
        </message>
        <message>
            <source>min {value}</source>
            <translation>最小 {value}</translation>
        </message>
        <message>
            <source>mirrored</source>
            <translation>镜像</translation>
        </message>
        <message>
            <source>missing</source>
            <translation>缺失</translation>
        </message>
        <message>
            <source>mm</source>
            <translation>mm</translation>
        </message>
        <message>
            <source>model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>model spec: {place}: {trouble}</source>
            <translation>模型规格：{place}：{trouble}</translation>
        </message>
        <message>
            <source>more than {n} h before the study; not given to the model</source>
            <translation>在检查前 {n} 小时以上；未提供给模型</translation>
        </message>
        <message>
            <source>move {name}</source>
            <translation>移动{name}</translation>
        </message>
        <message>
            <source>n = {n}</source>
            <translation>n = {n}</translation>
        </message>
        <message>
            <source>name</source>
            <translation>写明</translation>
        </message>
        <message>
            <source>name and version</source>
            <translation>名称和版本</translation>
        </message>
        <message>
            <source>names</source>
            <translation>写明</translation>
        </message>
        <message>
            <source>names nobody</source>
            <translation>未注明患者</translation>
        </message>
        <message>
            <source>names somebody, or is a date or a number of theirs</source>
            <translation>人名，或其日期、号码</translation>
        </message>
        <message>
            <source>negated</source>
            <translation>否定</translation>
        </message>
        <message>
            <source>negated: {words}</source>
            <translation>否定：{words}</translation>
        </message>
        <message>
            <source>negative</source>
            <translation>阴性</translation>
        </message>
        <message>
            <source>new</source>
            <translation>新</translation>
        </message>
        <message>
            <source>no</source>
            <translation>否</translation>
        </message>
        <message>
            <source>no ID</source>
            <translation>无编号</translation>
        </message>
        <message>
            <source>no date</source>
            <translation>无日期</translation>
        </message>
        <message>
            <source>no image</source>
            <translation>无图像</translation>
        </message>
        <message>
            <source>no interval: a single network</source>
            <translation>无区间：单个网络</translation>
        </message>
        <message>
            <source>no machine of the cluster offers a core</source>
            <translation>集群中没有机器提供处理器核心</translation>
        </message>
        <message>
            <source>no map for this finding</source>
            <translation>该征象无热图</translation>
        </message>
        <message>
            <source>no model</source>
            <translation>无模型</translation>
        </message>
        <message>
            <source>no model bundle at {name!r}</source>
            <translation>{name!r} 处没有模型包</translation>
        </message>
        <message>
            <source>no model bundle is installed</source>
            <translation>未安装模型包</translation>
        </message>
        <message>
            <source>no model loaded</source>
            <translation>未加载模型</translation>
        </message>
        <message>
            <source>no number</source>
            <translation>不是数字</translation>
        </message>
        <message>
            <source>no object is named</source>
            <translation>未指明对象</translation>
        </message>
        <message>
            <source>no opinion</source>
            <translation>无意见</translation>
        </message>
        <message>
            <source>no opinion on {finding}</source>
            <translation>对{finding}无意见</translation>
        </message>
        <message>
            <source>no process</source>
            <translation>没有进程</translation>
        </message>
        <message>
            <source>no such device or driver was found</source>
            <translation>未找到该设备或驱动程序</translation>
        </message>
        <message>
            <source>no unit fits</source>
            <translation>没有相符的单位</translation>
        </message>
        <message>
            <source>no value</source>
            <translation>无值</translation>
        </message>
        <message>
            <source>no value type</source>
            <translation>没有值类型</translation>
        </message>
        <message>
            <source>no {input}</source>
            <translation>无{input}</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>none of the inputs of this case can be used</source>
            <translation>该病例的输入均不可用</translation>
        </message>
        <message>
            <source>not among the files</source>
            <translation>不在文件中</translation>
        </message>
        <message>
            <source>not available</source>
            <translation>不可用</translation>
        </message>
        <message>
            <source>not enough memory to run one case on the CPU</source>
            <translation>内存不足，无法在 CPU 上运行一个病例</translation>
        </message>
        <message>
            <source>not for this slice</source>
            <translation>不适用于本层</translation>
        </message>
        <message>
            <source>not judged</source>
            <translation>未判断</translation>
        </message>
        <message>
            <source>not measured</source>
            <translation>未测量</translation>
        </message>
        <message>
            <source>not measured, from default</source>
            <translation>未测量，取默认值</translation>
        </message>
        <message>
            <source>not read yet</source>
            <translation>尚未读取</translation>
        </message>
        <message>
            <source>not reviewed</source>
            <translation>未审阅</translation>
        </message>
        <message>
            <source>not scored</source>
            <translation>未评分</translation>
        </message>
        <message>
            <source>not stated</source>
            <translation>未注明</translation>
        </message>
        <message>
            <source>not tested for this finding of this model</source>
            <translation>此模型的这一所见未经热图测试</translation>
        </message>
        <message>
            <source>not there</source>
            <translation>没有</translation>
        </message>
        <message>
            <source>not verified</source>
            <translation>未审核</translation>
        </message>
        <message>
            <source>note</source>
            <translation>病历</translation>
        </message>
        <message>
            <source>notes</source>
            <translation>病历</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>无</translation>
        </message>
        <message>
            <source>nothing found</source>
            <translation>未见阳性</translation>
        </message>
        <message>
            <source>number, new decision</source>
            <translation>数值、新的判断</translation>
        </message>
        <message>
            <source>object</source>
            <translation>对象</translation>
        </message>
        <message>
            <source>oblique {degrees:.0f}°</source>
            <translation>斜面 {degrees:.0f}°</translation>
        </message>
        <message>
            <source>of {n}</source>
            <translation>/ {n}</translation>
        </message>
        <message>
            <source>ok</source>
            <translation>相符</translation>
        </message>
        <message>
            <source>one of {choices}</source>
            <translation>下列之一：{choices}</translation>
        </message>
        <message>
            <source>one source</source>
            <translation>一个来源</translation>
        </message>
        <message>
            <source>orientation</source>
            <translation>方向</translation>
        </message>
        <message>
            <source>orientation {number}</source>
            <translation>方向 {number}</translation>
        </message>
        <message>
            <source>other sex</source>
            <translation>其他性别</translation>
        </message>
        <message>
            <source>outside the data</source>
            <translation>超出数据范围</translation>
        </message>
        <message>
            <source>overlay {group} {label}</source>
            <translation>叠加层 {group} {label}</translation>
        </message>
        <message>
            <source>padding</source>
            <translation>填充</translation>
        </message>
        <message>
            <source>part {name} was set aside: {reason}</source>
            <translation>分块 {name} 已搁置：{reason}</translation>
        </message>
        <message>
            <source>partial</source>
            <translation>部分完成</translation>
        </message>
        <message>
            <source>patient</source>
            <translation>患者</translation>
        </message>
        <message>
            <source>patient id</source>
            <translation>患者 ID</translation>
        </message>
        <message>
            <source>patient name</source>
            <translation>患者姓名</translation>
        </message>
        <message>
            <source>phase {value}</source>
            <translation>时相 {value}</translation>
        </message>
        <message>
            <source>pip install 'medmm[cluster]', on every machine.</source>
            <translation>请在每台机器上运行 pip install 'medmm[cluster]'。</translation>
        </message>
        <message>
            <source>pip install 'medmm[{extra}]'</source>
            <translation>pip install 'medmm[{extra}]'</translation>
        </message>
        <message>
            <source>pip install PySide6-Essentials</source>
            <translation>pip install PySide6-Essentials</translation>
        </message>
        <message>
            <source>pip install {package}</source>
            <translation>pip install {package}</translation>
        </message>
        <message>
            <source>pixel spacing</source>
            <translation>像素间距</translation>
        </message>
        <message>
            <source>pixels</source>
            <translation>像素</translation>
        </message>
        <message>
            <source>position</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>positive</source>
            <translation>阳性</translation>
        </message>
        <message>
            <source>precision</source>
            <translation>精度</translation>
        </message>
        <message>
            <source>prediction</source>
            <translation>预测</translation>
        </message>
        <message>
            <source>present</source>
            <translation>有</translation>
        </message>
        <message>
            <source>presentation LUT</source>
            <translation>显示 LUT</translation>
        </message>
        <message>
            <source>presentation state</source>
            <translation>显示状态</translation>
        </message>
        <message>
            <source>presentation: {source}</source>
            <translation>显示状态：{source}</translation>
        </message>
        <message>
            <source>prior</source>
            <translation>既往</translation>
        </message>
        <message>
            <source>probability</source>
            <translation>概率</translation>
        </message>
        <message>
            <source>px</source>
            <translation>px</translation>
        </message>
        <message>
            <source>random steps</source>
            <translation>随机步骤</translation>
        </message>
        <message>
            <source>raw data</source>
            <translation>原始数据</translation>
        </message>
        <message>
            <source>read</source>
            <translation>已读</translation>
        </message>
        <message>
            <source>read as {kind}</source>
            <translation>读取为{kind}</translation>
        </message>
        <message>
            <source>reader not named</source>
            <translation>读片者未署名</translation>
        </message>
        <message>
            <source>reading</source>
            <translation>读取中</translation>
        </message>
        <message>
            <source>reading cancelled</source>
            <translation>读取已取消</translation>
        </message>
        <message>
            <source>reading images</source>
            <translation>读取图像</translation>
        </message>
        <message>
            <source>reading notes and vital signs</source>
            <translation>读取病历和生命体征</translation>
        </message>
        <message>
            <source>reading slices</source>
            <translation>正在读取切片</translation>
        </message>
        <message>
            <source>reading the files</source>
            <translation>正在读取文件</translation>
        </message>
        <message>
            <source>reading, {n} slices</source>
            <translation>正在读取，{n} 层</translation>
        </message>
        <message>
            <source>refused</source>
            <translation>拒绝</translation>
        </message>
        <message>
            <source>reject {finding}</source>
            <translation>否定{finding}</translation>
        </message>
        <message>
            <source>rejected</source>
            <translation>否定</translation>
        </message>
        <message>
            <source>rename {name}</source>
            <translation>重命名{name}</translation>
        </message>
        <message>
            <source>report</source>
            <translation>报告</translation>
        </message>
        <message>
            <source>results cannot be kept on a PostgreSQL server: psycopg is not installed</source>
            <translation>无法将结果保存到 PostgreSQL 服务器：未安装 psycopg</translation>
        </message>
        <message>
            <source>reviews</source>
            <translation>审阅记录</translation>
        </message>
        <message>
            <source>right</source>
            <translation>右</translation>
        </message>
        <message>
            <source>row {row}  col {col}</source>
            <translation>行 {row}  列 {col}</translation>
        </message>
        <message>
            <source>row {row}, column {col}</source>
            <translation>行 {row}，列 {col}</translation>
        </message>
        <message>
            <source>sagittal</source>
            <translation>矢状面</translation>
        </message>
        <message>
            <source>schema {schema!r}</source>
            <translation>模式 {schema!r}</translation>
        </message>
        <message>
            <source>scored</source>
            <translation>已评分</translation>
        </message>
        <message>
            <source>scored at (UTC)</source>
            <translation>评分时间（UTC）</translation>
        </message>
        <message>
            <source>scored, none positive</source>
            <translation>已评分，无阳性</translation>
        </message>
        <message>
            <source>scored, {n} positive</source>
            <translation>已评分，{n} 项阳性</translation>
        </message>
        <message>
            <source>scoring</source>
            <translation>评分中</translation>
        </message>
        <message>
            <source>secondary capture</source>
            <translation>二次采集图像</translation>
        </message>
        <message>
            <source>see item {position}</source>
            <translation>见条目 {position}</translation>
        </message>
        <message>
            <source>segmentation</source>
            <translation>分割</translation>
        </message>
        <message>
            <source>selected from</source>
            <translation>选自</translation>
        </message>
        <message>
            <source>series</source>
            <translation>序列</translation>
        </message>
        <message>
            <source>series {number}</source>
            <translation>序列 {number}</translation>
        </message>
        <message>
            <source>series {series}</source>
            <translation>序列 {series}</translation>
        </message>
        <message>
            <source>series {value}</source>
            <translation>序列 {value}</translation>
        </message>
        <message>
            <source>setting {name!r} is {found!r}; wanted is {wanted}</source>
            <translation>设置 {name!r} 为 {found!r}；应为{wanted}</translation>
        </message>
        <message>
            <source>sex</source>
            <translation>性别</translation>
        </message>
        <message>
            <source>share</source>
            <translation>没有</translation>
        </message>
        <message>
            <source>shares</source>
            <translation>没有</translation>
        </message>
        <message>
            <source>shares not computed</source>
            <translation>未计算贡献</translation>
        </message>
        <message>
            <source>shown</source>
            <translation>已显示</translation>
        </message>
        <message>
            <source>shutter</source>
            <translation>遮光区</translation>
        </message>
        <message>
            <source>shutter off</source>
            <translation>遮光区已关闭</translation>
        </message>
        <message>
            <source>side not stated</source>
            <translation>未注明左右</translation>
        </message>
        <message>
            <source>signal {number}</source>
            <translation>信号 {number}</translation>
        </message>
        <message>
            <source>signatures</source>
            <translation>签名</translation>
        </message>
        <message>
            <source>signed</source>
            <translation>有符号</translation>
        </message>
        <message>
            <source>signed by {who}</source>
            <translation>由 {who} 签署</translation>
        </message>
        <message>
            <source>single pixels</source>
            <translation>逐像素</translation>
        </message>
        <message>
            <source>single plane</source>
            <translation>单层平面</translation>
        </message>
        <message>
            <source>skipped</source>
            <translation>已跳过</translation>
        </message>
        <message>
            <source>skipped ({code})</source>
            <translation>已跳过 ({code})</translation>
        </message>
        <message>
            <source>slice [{number}] {counted}</source>
            <translation>层 [{number}] {counted}</translation>
        </message>
        <message>
            <source>slice {at} of {n}</source>
            <translation>第 {at}/{n} 层</translation>
        </message>
        <message>
            <source>slice {counted}</source>
            <translation>层 {counted}</translation>
        </message>
        <message>
            <source>slice {name!r} has {shape} {dtype}, the first one {first_shape} {first_dtype}</source>
            <translation>层面 {name!r} 为 {shape} {dtype}，第一个为 {first_shape} {first_dtype}</translation>
        </message>
        <message>
            <source>slices lie unevenly</source>
            <translation>层面间距不均</translation>
        </message>
        <message>
            <source>slope per hour</source>
            <translation>每小时斜率</translation>
        </message>
        <message>
            <source>slope {slope:g}, intercept {intercept:g}</source>
            <translation>斜率 {slope:g}，截距 {intercept:g}</translation>
        </message>
        <message>
            <source>smoothed</source>
            <translation>平滑</translation>
        </message>
        <message>
            <source>spatial fiducials</source>
            <translation>空间基准点</translation>
        </message>
        <message>
            <source>stability not tested</source>
            <translation>稳定性未测试</translation>
        </message>
        <message>
            <source>stability {value}</source>
            <translation>稳定性 {value}</translation>
        </message>
        <message>
            <source>stack {value}</source>
            <translation>堆栈 {value}</translation>
        </message>
        <message>
            <source>states {n_channels} channels</source>
            <translation>声明有 {n_channels} 个声道</translation>
        </message>
        <message>
            <source>states {rate:,} samples a second, not {low:,} to {high:,}</source>
            <translation>声明每秒 {rate:,} 个采样，不在 {low:,} 至 {high:,} 之间</translation>
        </message>
        <message>
            <source>stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>stored {value}</source>
            <translation>存储值 {value}</translation>
        </message>
        <message>
            <source>study</source>
            <translation>检查</translation>
        </message>
        <message>
            <source>study {value}</source>
            <translation>检查 {value}</translation>
        </message>
        <message>
            <source>sudo apt-get install fonts-noto-cjk</source>
            <translation>sudo apt-get install fonts-noto-cjk</translation>
        </message>
        <message>
            <source>sudo apt-get install {packages}</source>
            <translation>sudo apt-get install {packages}</translation>
        </message>
        <message>
            <source>system</source>
            <translation>系统</translation>
        </message>
        <message>
            <source>taken out: “{sentence}”</source>
            <translation>删去：“{sentence}”</translation>
        </message>
        <message>
            <source>text encoder</source>
            <translation>文本编码器</translation>
        </message>
        <message>
            <source>text encoder folder {name!r} is not there</source>
            <translation>文本编码器文件夹 {name!r} 不存在</translation>
        </message>
        <message>
            <source>text in quotes</source>
            <translation>带引号的文本</translation>
        </message>
        <message>
            <source>the PDF could not be set: Typst returned no document</source>
            <translation>无法排版 PDF：Typst 未返回文档</translation>
        </message>
        <message>
            <source>the PDF could not be set: {message}</source>
            <translation>无法排版 PDF：{message}</translation>
        </message>
        <message>
            <source>the address of the results store is none that is understood</source>
            <translation>无法识别结果库的地址</translation>
        </message>
        <message>
            <source>the batch stopped: {reason}</source>
            <translation>批次已停止：{reason}</translation>
        </message>
        <message>
            <source>the bundle calls itself {name!r}, which is no plain name</source>
            <translation>该模型包自称 {name!r}，这不是一个普通的名称</translation>
        </message>
        <message>
            <source>the cluster stopped: {reason}</source>
            <translation>集群已停止：{reason}</translation>
        </message>
        <message>
            <source>the damaged {name} could not be put aside: {reason}</source>
            <translation>无法移开已损坏的 {name}：{reason}</translation>
        </message>
        <message>
            <source>the document is no {schema}: {error} while reading it</source>
            <translation>该文档不是 {schema}：读取时出现 {error}</translation>
        </message>
        <message>
            <source>the document is no {schema}: {key!r} is missing</source>
            <translation>该文档不是 {schema}：缺少 {key!r}</translation>
        </message>
        <message>
            <source>the document's schema is {found!r}, not {schema!r}</source>
            <translation>该文档的模式为 {found!r}，而非 {schema!r}</translation>
        </message>
        <message>
            <source>the encoder {name} of this bundle cannot be written as ONNX</source>
            <translation>此模型包的编码器 {name} 不能写成 ONNX</translation>
        </message>
        <message>
            <source>the engine failed: {error}</source>
            <translation>引擎出错：{error}</translation>
        </message>
        <message>
            <source>the engine has not been started</source>
            <translation>引擎尚未启动</translation>
        </message>
        <message>
            <source>the engine's process ended while it worked on this case</source>
            <translation>引擎进程在处理该病例时结束</translation>
        </message>
        <message>
            <source>the evidence lies outside the anatomy</source>
            <translation>依据位于解剖结构之外</translation>
        </message>
        <message>
            <source>the image does not state its pixel spacing, and the model needs pixels of a known size</source>
            <translation>图像未注明像素间距，而模型需要已知大小的像素</translation>
        </message>
        <message>
            <source>the image is uniform: its display values vary by {contrast:.4f} only</source>
            <translation>图像均匀：其显示值仅变化 {contrast:.4f}</translation>
        </message>
        <message>
            <source>the images</source>
            <translation>图像</translation>
        </message>
        <message>
            <source>the injection lies {hours:.1f} hours before the scan</source>
            <translation>注射在扫描前 {hours:.1f} 小时</translation>
        </message>
        <message>
            <source>the map is of slice {number}</source>
            <translation>热图属于第 {number} 层</translation>
        </message>
        <message>
            <source>the model's output for {finding} is {logit}, not a number</source>
            <translation>模型对 {finding} 的输出为 {logit}，不是数字</translation>
        </message>
        <message>
            <source>the model's {broken} encoder gave values that are not numbers</source>
            <translation>模型的 {broken} 编码器给出的值不是数字</translation>
        </message>
        <message>
            <source>the note</source>
            <translation>病历</translation>
        </message>
        <message>
            <source>the note names {n_values} patients: {one} and {other}</source>
            <translation>病历写明 {n_values} 名患者：{one} 和 {other}</translation>
        </message>
        <message>
            <source>the patient folder holds {n_found} inputs, {n_scored} were scored, or another order</source>
            <translation>患者文件夹有 {n_found} 个输入，评分时为 {n_scored} 个，或次序不同</translation>
        </message>
        <message>
            <source>the report template is missing from the installation</source>
            <translation>安装中缺少报告模板</translation>
        </message>
        <message>
            <source>the saved {words} of this study are damaged and cannot be renamed: {reason}</source>
            <translation>该检查已保存的{words}已损坏，且无法重命名：{reason}</translation>
        </message>
        <message>
            <source>the saved {words} of this study cannot be read: {reason}</source>
            <translation>无法读取该检查已保存的{words}：{reason}</translation>
        </message>
        <message>
            <source>the series of {n_series} slices needs {size}; at most {limit} are opened</source>
            <translation>{n_series} 个层面的序列需要 {size}；最多打开 {limit}</translation>
        </message>
        <message>
            <source>the time of the injection is not stated</source>
            <translation>未注明注射时间</translation>
        </message>
        <message>
            <source>the time of the scan is not stated</source>
            <translation>未注明扫描时间</translation>
        </message>
        <message>
            <source>the time {time} in line {line} cannot be read or has two meanings</source>
            <translation>第 {line} 行的时间 {time} 无法读取或有两种含义</translation>
        </message>
        <message>
            <source>the training stopped: {reason}</source>
            <translation>训练已停止：{reason}</translation>
        </message>
        <message>
            <source>the values are SUV of type {kind}</source>
            <translation>这些值是 {kind} 类 SUV</translation>
        </message>
        <message>
            <source>the vitals</source>
            <translation>生命体征表</translation>
        </message>
        <message>
            <source>the whole case</source>
            <translation>整个病例</translation>
        </message>
        <message>
            <source>the words of the model are missing: {name!r} is not there</source>
            <translation>缺少模型的词表：没有 {name!r}</translation>
        </message>
        <message>
            <source>the {n_paths} files are of different formats: {found}</source>
            <translation>{n_paths} 个文件格式不同：{found}</translation>
        </message>
        <message>
            <source>the {n_series} files are no single stack: they differ in {differences} ({name!r} and {other!r})</source>
            <translation>{n_series} 个文件不是单一堆叠：差异为 {differences}（{name!r} 和 {other!r}）</translation>
        </message>
        <message>
            <source>there is no bundle {name!r}</source>
            <translation>没有模型包 {name!r}</translation>
        </message>
        <message>
            <source>these vitals</source>
            <translation>此生命体征表</translation>
        </message>
        <message>
            <source>thickness {value} mm</source>
            <translation>层厚 {value} mm</translation>
        </message>
        <message>
            <source>this note</source>
            <translation>此病历</translation>
        </message>
        <message>
            <source>this note was not read</source>
            <translation>该病历未被读取</translation>
        </message>
        <message>
            <source>this series of {n_frames} slices needs {needed} of memory; {left} are left on this machine</source>
            <translation>该序列 {n_frames} 个层面需要 {needed} 内存；本机还剩 {left}</translation>
        </message>
        <message>
            <source>this torch was built without CUDA</source>
            <translation>此 torch 构建不含 CUDA</translation>
        </message>
        <message>
            <source>this torch was built without MPS</source>
            <translation>此 torch 构建不含 MPS</translation>
        </message>
        <message>
            <source>threads</source>
            <translation>线程</translation>
        </message>
        <message>
            <source>threshold {value}</source>
            <translation>阈值 {value}</translation>
        </message>
        <message>
            <source>time {value}</source>
            <translation>时间点 {value}</translation>
        </message>
        <message>
            <source>tokenizer</source>
            <translation>分词器</translation>
        </message>
        <message>
            <source>tokenizer {source!r} lower-cases the text, but its vocabulary is cased</source>
            <translation>分词器 {source!r} 将文本转为小写，但其词表区分大小写</translation>
        </message>
        <message>
            <source>tokenizer {source!r}: {unknown:.0%} of a plain clinical sentence becomes {unk_token}</source>
            <translation>分词器 {source!r}：一句普通临床文字的 {unknown:.0%} 变为 {unk_token}</translation>
        </message>
        <message>
            <source>tractography results</source>
            <translation>纤维束成像结果</translation>
        </message>
        <message>
            <source>trigger {value} ms</source>
            <translation>触发 {value} ms</translation>
        </message>
        <message>
            <source>true or false</source>
            <translation>true 或 false</translation>
        </message>
        <message>
            <source>turned round: “{sentence}”</source>
            <translation>改为相反：“{sentence}”</translation>
        </message>
        <message>
            <source>turned {degrees}°</source>
            <translation>旋转 {degrees}°</translation>
        </message>
        <message>
            <source>ultrasound image</source>
            <translation>超声图像</translation>
        </message>
        <message>
            <source>uncalibrated score</source>
            <translation>未校准分数</translation>
        </message>
        <message>
            <source>uncertain</source>
            <translation>不确定</translation>
        </message>
        <message>
            <source>uncertain: {finding} {value}</source>
            <translation>不确定：{finding} {value}</translation>
        </message>
        <message>
            <source>unfolded</source>
            <translation>已展开</translation>
        </message>
        <message>
            <source>unknown device {name!r}</source>
            <translation>未知设备 {name!r}</translation>
        </message>
        <message>
            <source>unknown finding {name!r}</source>
            <translation>未知的所见 {name!r}</translation>
        </message>
        <message>
            <source>unknown value type {value_type!r}</source>
            <translation>未知的值类型 {value_type!r}</translation>
        </message>
        <message>
            <source>unmark a key image</source>
            <translation>取消标记关键图像</translation>
        </message>
        <message>
            <source>unreadable</source>
            <translation>无法读取</translation>
        </message>
        <message>
            <source>unsigned</source>
            <translation>无符号</translation>
        </message>
        <message>
            <source>unused</source>
            <translation>未使用</translation>
        </message>
        <message>
            <source>used</source>
            <translation>已使用</translation>
        </message>
        <message>
            <source>usual {low}–{high}</source>
            <translation>通常 {low}–{high}</translation>
        </message>
        <message>
            <source>verified</source>
            <translation>已审核</translation>
        </message>
        <message>
            <source>verified by {who} {time}</source>
            <translation>由 {who} 于 {time} 审核</translation>
        </message>
        <message>
            <source>version</source>
            <translation>版本</translation>
        </message>
        <message>
            <source>view not stated</source>
            <translation>未注明投照位</translation>
        </message>
        <message>
            <source>vital signs</source>
            <translation>生命体征</translation>
        </message>
        <message>
            <source>vitals</source>
            <translation>生命体征</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>等待</translation>
        </message>
        <message>
            <source>waiting for the engine</source>
            <translation>等待引擎</translation>
        </message>
        <message>
            <source>waiting: the engine is starting</source>
            <translation>等待中：引擎正在启动</translation>
        </message>
        <message>
            <source>waits {time}</source>
            <translation>已等待 {time}</translation>
        </message>
        <message>
            <source>warning</source>
            <translation>警告</translation>
        </message>
        <message>
            <source>waveform</source>
            <translation>波形</translation>
        </message>
        <message>
            <source>weight {weight} logits</source>
            <translation>权重 {weight} logit</translation>
        </message>
        <message>
            <source>what names the patient is blanked</source>
            <translation>抹去标明患者身份的内容</translation>
        </message>
        <message>
            <source>window width {width:g} is below 1</source>
            <translation>窗宽 {width:g} 小于 1</translation>
        </message>
        <message>
            <source>window width {width:g} is not above 0</source>
            <translation>窗宽 {width:g} 不大于 0</translation>
        </message>
        <message>
            <source>with remarks</source>
            <translation>有备注</translation>
        </message>
        <message>
            <source>without a name</source>
            <translation>未命名</translation>
        </message>
        <message>
            <source>without {inputs}</source>
            <translation>未使用{inputs}</translation>
        </message>
        <message>
            <source>words cut to their stem</source>
            <translation>取词干</translation>
        </message>
        <message>
            <source>words without meaning dropped</source>
            <translation>去除无意义的词</translation>
        </message>
        <message>
            <source>written as {text}</source>
            <translation>原文为 {text}</translation>
        </message>
        <message>
            <source>written {time}</source>
            <translation>书写于 {time}</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>是</translation>
        </message>
        <message>
            <source>zoom {times}x</source>
            <translation>缩放 {times}x</translation>
        </message>
        <message>
            <source>{at_limits:.0f} of 100 pixels are at the darkest or brightest value; the exposure carries too little information to decide anything.</source>
            <translation>每 100 个像素中有 {at_limits:.0f} 个处于最暗或最亮值，曝光所含信息太少，无法作出任何判断。</translation>
        </message>
        <message>
            <source>{at} of {n}</source>
            <translation>{at}/{n}</translation>
        </message>
        <message>
            <source>{case_file} names the series {wanted!r}, which is not in the folder</source>
            <translation>{case_file} 指定了序列 {wanted!r}，但文件夹中没有</translation>
        </message>
        <message>
            <source>{claim}; {other}</source>
            <translation>{claim}；{other}</translation>
        </message>
        <message>
            <source>{claim}; {other}.</source>
            <translation>{claim}；{other}。</translation>
        </message>
        <message>
            <source>{claim}; {other}: they differ in spaces only.</source>
            <translation>{claim}；{other}：仅空格不同。</translation>
        </message>
        <message>
            <source>{codec} fails at byte {byte:,}</source>
            <translation>{codec} 在第 {byte:,} 字节处失败</translation>
        </message>
        <message>
            <source>{cols:,} x {rows:,} pixels, at most {limit:,} are opened</source>
            <translation>{cols:,} x {rows:,} 像素，最多打开 {limit:,} 像素</translation>
        </message>
        <message>
            <source>{date} ({age} y)</source>
            <translation>{date}（{age} 岁）</translation>
        </message>
        <message>
            <source>{day} {month}</source>
            <translation>{month}{day}日</translation>
        </message>
        <message>
            <source>{day} {month} {year}</source>
            <translation>{year}年{month}{day}日</translation>
        </message>
        <message>
            <source>{day}, hour unknown</source>
            <translation>{day}，时刻未知</translation>
        </message>
        <message>
            <source>{decision}: {scale} {number}, {margin}.</source>
            <translation>{decision}：{scale} {number}，{margin}。</translation>
        </message>
        <message>
            <source>{described} ({part})</source>
            <translation>{described}（{part}）</translation>
        </message>
        <message>
            <source>{entry} cannot be used: {what}</source>
            <translation>{entry} 无法使用：{what}</translation>
        </message>
        <message>
            <source>{finding} rests on the {input} alone (over nine tenths of the shares).</source>
            <translation>{finding}仅依据{input}（超过十分之九的份额）。</translation>
        </message>
        <message>
            <source>{finding} rests on the {kind} alone (over nine tenths).</source>
            <translation>{finding}仅依据{kind}（超过十分之九）。</translation>
        </message>
        <message>
            <source>{finding}. Hold Space to see where on the image.</source>
            <translation>{finding}。按住空格键可查看其在图像上的位置。</translation>
        </message>
        <message>
            <source>{finding}: no map for a finding that is {decision}</source>
            <translation>{finding}：判定为{decision}，无热图</translation>
        </message>
        <message>
            <source>{finding}: no map, it failed the tests of this model</source>
            <translation>{finding}：无热图，它未通过此模型的测试</translation>
        </message>
        <message>
            <source>{finding}: no map, the image was not used</source>
            <translation>{finding}：无热图，未使用图像</translation>
        </message>
        <message>
            <source>{finding}: not known of any of them.</source>
            <translation>{finding}：这些病例均不详。</translation>
        </message>
        <message>
            <source>{finding}: the map belongs to image {number}</source>
            <translation>{finding}：热图属于第 {number} 幅图像</translation>
        </message>
        <message>
            <source>{finding}: what is so?</source>
            <translation>{finding}：实际情况如何？</translation>
        </message>
        <message>
            <source>{finding}: why is the AI value rejected?</source>
            <translation>{finding}：为何否定 AI 的结论？</translation>
        </message>
        <message>
            <source>{finding}: {n_with} of {n_known} had it.</source>
            <translation>{finding}：{n_known} 例中有 {n_with} 例存在。</translation>
        </message>
        <message>
            <source>{finding}: {n_with} of {n_known} simulated patients had it.</source>
            <translation>{finding}：{n_known} 例模拟患者中有 {n_with} 例存在。</translation>
        </message>
        <message>
            <source>{finding}: {words}.</source>
            <translation>{finding}：{words}。</translation>
        </message>
        <message>
            <source>{first} and {last}</source>
            <translation>{first}和{last}</translation>
        </message>
        <message>
            <source>{first} by {second}</source>
            <translation>{first} × {second}</translation>
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours} 小时 {minutes} 分钟</translation>
        </message>
        <message>
            <source>{inputs} speak against it</source>
            <translation>{inputs}不支持</translation>
        </message>
        <message>
            <source>{inputs} speak for it</source>
            <translation>{inputs}支持</translation>
        </message>
        <message>
            <source>{inputs} speaks against it</source>
            <translation>{inputs}不支持</translation>
        </message>
        <message>
            <source>{inputs} speaks for it</source>
            <translation>{inputs}支持</translation>
        </message>
        <message>
            <source>{input} not used</source>
            <translation>{input}未使用</translation>
        </message>
        <message>
            <source>{input} used</source>
            <translation>{input}已使用</translation>
        </message>
        <message>
            <source>{input}: what reached the network</source>
            <translation>{input}：送入网络的数据</translation>
        </message>
        <message>
            <source>{keys} is taken by: {others}. Set takes it away there.</source>
            <translation>{keys} 已用于：{others}。点击“设定”会取消其在该处的使用。</translation>
        </message>
        <message>
            <source>{keyword} is '{found}', which cannot be; it is ignored.</source>
            <translation>{keyword} 为“{found}”，不可能成立，已忽略。</translation>
        </message>
        <message>
            <source>{keyword} is empty</source>
            <translation>{keyword} 为空</translation>
        </message>
        <message>
            <source>{keyword} is malformed</source>
            <translation>{keyword} 格式不正确</translation>
        </message>
        <message>
            <source>{keyword} is not stated</source>
            <translation>未注明 {keyword}</translation>
        </message>
        <message>
            <source>{kind}, not opened here</source>
            <translation>{kind}，此处未打开</translation>
        </message>
        <message>
            <source>{label} {text} in line {line}</source>
            <translation>第 {line} 行的 {label} {text}</translation>
        </message>
        <message>
            <source>{least} to {most}</source>
            <translation>{least} 至 {most}</translation>
        </message>
        <message>
            <source>{lost} of this study are damaged and could not be read</source>
            <translation>该检查的{lost}已损坏，无法读取</translation>
        </message>
        <message>
            <source>{machine}: {trouble}</source>
            <translation>{machine}：{trouble}</translation>
        </message>
        <message>
            <source>{meaning}; {seen}</source>
            <translation>{meaning}；{seen}</translation>
        </message>
        <message>
            <source>{message} Overridden: {reason}</source>
            <translation>{message} 已推翻：{reason}</translation>
        </message>
        <message>
            <source>{message}.</source>
            <translation>{message}。</translation>
        </message>
        <message>
            <source>{message}. {hint}</source>
            <translation>{message}。{hint}</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} 分钟</translation>
        </message>
        <message>
            <source>{modality} never has window presets; {n} were left out.</source>
            <translation>{modality} 从不使用窗口预设；略去了 {n} 个。</translation>
        </message>
        <message>
            <source>{modality} {day}, hour unknown</source>
            <translation>{modality} {day}，时刻未知</translation>
        </message>
        <message>
            <source>{modality}, entry {number}: a name, a width and a level are needed.</source>
            <translation>{modality}，第 {number} 项：需要名称、窗宽和窗位。</translation>
        </message>
        <message>
            <source>{modality}, entry {number}: name, width and level are needed; {entry!r} was found.</source>
            <translation>{modality}，第 {number} 项：需要名称、窗宽和窗位；找到 {entry!r}。</translation>
        </message>
        <message>
            <source>{modality}, entry {number}: {reason}</source>
            <translation>{modality}，第 {number} 项：{reason}</translation>
        </message>
        <message>
            <source>{model}, has not seen this image</source>
            <translation>{model}，未看过此图像</translation>
        </message>
        <message>
            <source>{model}, not scored</source>
            <translation>{model}，未评分</translation>
        </message>
        <message>
            <source>{model}, not shown yet</source>
            <translation>{model}，结果尚未显示</translation>
        </message>
        <message>
            <source>{model}, previous result</source>
            <translation>{model}，先前结果</translation>
        </message>
        <message>
            <source>{model}, scored</source>
            <translation>{model}，已评分</translation>
        </message>
        <message>
            <source>{model}, scoring</source>
            <translation>{model}，评分中</translation>
        </message>
        <message>
            <source>{model}, waiting</source>
            <translation>{model}，等待中</translation>
        </message>
        <message>
            <source>{month} {year}</source>
            <translation>{year}年{month}</translation>
        </message>
        <message>
            <source>{n_cases} cases in both. {n_changed} changed by more than 0.1 or in a decision; {n_decisions} findings have another decision. Only in the first: {n_before}, only in the second: {n_after}.</source>
            <translation>两者共有 {n_cases} 个病例。{n_changed} 个变化超过 0.1 或判定改变；{n_decisions} 项所见的判定不同。仅在前者：{n_before}，仅在后者：{n_after}。</translation>
        </message>
        <message>
            <source>{n_changed} files of this patient have changed since it was scored, first: {changed}</source>
            <translation>自评分以来，该患者的 {n_changed} 个文件已更改，第一个：{changed}</translation>
        </message>
        <message>
            <source>{n_dropped} of the stated windows would show the image all black or all white and are left out.</source>
            <translation>所注明的窗口中有 {n_dropped} 个会使图像全黑或全白，已略去。</translation>
        </message>
        <message>
            <source>{n_foreign} of {n_values} values look like {unit}</source>
            <translation>{n_values} 个值中有 {n_foreign} 个像是{unit}</translation>
        </message>
        <message>
            <source>{n_future} of {n_times} rows lie in the future.</source>
            <translation>{n_times} 行中有 {n_future} 行的时间在将来。</translation>
        </message>
        <message>
            <source>{n_group} images of one series share places and nothing tells them apart; they are opened singly.</source>
            <translation>一个序列的 {n_group} 幅图像位置相同且无从区分；已逐一打开。</translation>
        </message>
        <message>
            <source>{n_late} of {n_known} values were taken after the index time {index_time:%Y-%m-%d %H:%M} and left out ({times}{more}).</source>
            <translation>{n_known} 个值中有 {n_late} 个测于基准时间 {index_time:%Y-%m-%d %H:%M} 之后，已略去（{times}{more}）。</translation>
        </message>
        <message>
            <source>{n_lost} graphics of a kind that is not drawn</source>
            <translation>{n_lost} 个图形的种类不予绘制</translation>
        </message>
        <message>
            <source>{n_lost} graphics that are not drawn: {kinds}</source>
            <translation>有 {n_lost} 个图形未绘制：{kinds}</translation>
        </message>
        <message>
            <source>{n_lost} more files were not read either; `medmm info` lists them.</source>
            <translation>另有 {n_lost} 个文件未能读取；`medmm info` 会列出。</translation>
        </message>
        <message>
            <source>{n_lost} of {n_found} saved {words}</source>
            <translation>{n_found} 个已保存的{words}中的 {n_lost} 个</translation>
        </message>
        <message>
            <source>{n_missing} of {n_inputs} scored files are not in the patient folder or have changed, first: {missing}</source>
            <translation>{n_inputs} 个已评分文件中有 {n_missing} 个不在患者文件夹中或已更改，第一个：{missing}</translation>
        </message>
        <message>
            <source>{n_missing} of {n_slices} slices are missing: distances of {least:.2f} mm and {most:.2f} mm ({where})</source>
            <translation>{n_slices} 个层面中缺少 {n_missing} 个：间距 {least:.2f} mm 和 {most:.2f} mm（{where}）</translation>
        </message>
        <message>
            <source>{n_missing} slices are missing</source>
            <translation>缺少 {n_missing} 个层面</translation>
        </message>
        <message>
            <source>{n_old} of {n_times} rows lie before {first_year}.</source>
            <translation>{n_times} 行中有 {n_old} 行早于 {first_year} 年。</translation>
        </message>
        <message>
            <source>{n_paths} pictures form no series: {one!r} and {other!r}</source>
            <translation>{n_paths} 幅图片不构成序列：{one!r} 和 {other!r}</translation>
        </message>
        <message>
            <source>{n_read} files read, {n_skipped} skipped.</source>
            <translation>已读取 {n_read} 个文件，跳过 {n_skipped} 个。</translation>
        </message>
        <message>
            <source>{n_read} of {n_tokens} tokens</source>
            <translation>{n_read} / {n_tokens} 个词元</translation>
        </message>
        <message>
            <source>{n_read} of {n_tokens} tokens read, limit {most} chunks</source>
            <translation>读取 {n_read} / {n_tokens} 个词元，上限 {most} 块</translation>
        </message>
        <message>
            <source>{n_repeated} repeated measurements were counted once.</source>
            <translation>{n_repeated} 个重复的测量值只计一次。</translation>
        </message>
        <message>
            <source>{n_series} multi-frame objects cannot be stacked</source>
            <translation>{n_series} 个多帧对象无法堆叠</translation>
        </message>
        <message>
            <source>{n_slices} images of one place, in the order of their times; nothing is measured across them.</source>
            <translation>同一位置的 {n_slices} 幅图像，按时间排列；不跨图像测量。</translation>
        </message>
        <message>
            <source>{n_stated} slices at different places carry only {n_set} SOP Instance UIDs</source>
            <translation>{n_stated} 个不同位置的层面只有 {n_set} 个 SOP Instance UID</translation>
        </message>
        <message>
            <source>{n_tries} workers died one after the other while they had this case</source>
            <translation>{n_tries} 个工作进程在处理该病例时相继终止</translation>
        </message>
        <message>
            <source>{n_twins} slices lie where another one lies; identical ones are shown once.</source>
            <translation>{n_twins} 个层面与另一层面位置相同；相同的只显示一次。</translation>
        </message>
        <message>
            <source>{n_unreadable} cells hold no plain number and were not used (first: {unreadable}).</source>
            <translation>{n_unreadable} 个单元格不是普通数字，未使用（第一个：{unreadable}）。</translation>
        </message>
        <message>
            <source>{n_without_clock} of {n_times} rows have a date and no hour; midnight was taken.</source>
            <translation>{n_times} 行中有 {n_without_clock} 行只有日期没有时刻；按午夜处理。</translation>
        </message>
        <message>
            <source>{n_wrong} of {n_known} values are impossible and left out ({shown}).</source>
            <translation>{n_known} 个值中有 {n_wrong} 个不可能成立，已略去（{shown}）。</translation>
        </message>
        <message>
            <source>{name!r} among the parts: {reason}</source>
            <translation>分块 {name!r}：{reason}</translation>
        </message>
        <message>
            <source>{name!r} and {other!r} lie at one place ({distance_mm:.2f} mm) with different pixels</source>
            <translation>{name!r} 和 {other!r} 位于同一位置（{distance_mm:.2f} mm），但像素不同</translation>
        </message>
        <message>
            <source>{name!r} cannot be decoded ({syntax}): {reasons}</source>
            <translation>{name!r} 无法解码（{syntax}）：{reasons}</translation>
        </message>
        <message>
            <source>{name!r} cannot be inflated: {error}</source>
            <translation>{name!r} 无法解压：{error}</translation>
        </message>
        <message>
            <source>{name!r} cannot be locked: {reason}</source>
            <translation>{name!r} 无法锁定：{reason}</translation>
        </message>
        <message>
            <source>{name!r} cannot be opened: {reason}</source>
            <translation>{name!r} 无法打开：{reason}</translation>
        </message>
        <message>
            <source>{name!r} cannot be read: {reason}</source>
            <translation>{name!r} 无法读取：{reason}</translation>
        </message>
        <message>
            <source>{name!r} cannot be written: {reason}</source>
            <translation>{name!r} 无法写入：{reason}</translation>
        </message>
        <message>
            <source>{name!r} could not be decoded within {limit_s:g} s</source>
            <translation>{name!r} 未能在 {limit_s:g} 秒内解码</translation>
        </message>
        <message>
            <source>{name!r} could not be fetched: {reason}</source>
            <translation>无法获取 {name!r}：{reason}</translation>
        </message>
        <message>
            <source>{name!r} does not exist</source>
            <translation>{name!r} 不存在</translation>
        </message>
        <message>
            <source>{name!r} has 32-bit values from {low:,} to {high:,}; images of up to 16 bits are shown</source>
            <translation>{name!r} 含 {low:,} 至 {high:,} 的 32 位值；最多显示 16 位图像</translation>
        </message>
        <message>
            <source>{name!r} has colours that cannot be shown ({photometric}, {samples} samples): {error}</source>
            <translation>{name!r} 的颜色无法显示（{photometric}，{samples} 个样本）：{error}</translation>
        </message>
        <message>
            <source>{name!r} has no usable {layout} found</source>
            <translation>{name!r} 没有可用的 {layout}</translation>
        </message>
        <message>
            <source>{name!r} has {n_document} pages, not a page {page}</source>
            <translation>{name!r} 有 {n_document} 页，没有第 {page} 页</translation>
        </message>
        <message>
            <source>{name!r} has {n_files:,} files, {n_bytes:,} bytes</source>
            <translation>{name!r} 有 {n_files:,} 个文件，{n_bytes:,} 字节</translation>
        </message>
        <message>
            <source>{name!r} has {size}; at most {limit} are opened</source>
            <translation>{name!r} 为 {size}；最多打开 {limit}</translation>
        </message>
        <message>
            <source>{name!r} has {size}; at most {limit} are read</source>
            <translation>{name!r} 为 {size}；最多读取 {limit}</translation>
        </message>
        <message>
            <source>{name!r} holds a PDF that is protected by a password</source>
            <translation>{name!r} 含有受密码保护的 PDF</translation>
        </message>
        <message>
            <source>{name!r} holds a PDF without pages</source>
            <translation>{name!r} 含有没有页的 PDF</translation>
        </message>
        <message>
            <source>{name!r} holds a damaged PDF: {error}</source>
            <translation>{name!r} 含有已损坏的 PDF：{error}</translation>
        </message>
        <message>
            <source>{name!r} holds a document of type {mime!r}, no PDF</source>
            <translation>{name!r} 含有 {mime!r} 类型的文档，不是 PDF</translation>
        </message>
        <message>
            <source>{name!r} holds more than {limit:,} {what}</source>
            <translation>{name!r} 含有超过 {limit:,} {what}</translation>
        </message>
        <message>
            <source>{name!r} holds no PDF: its {n_content:,} bytes do not begin with %PDF</source>
            <translation>{name!r} 不含 PDF：其 {n_content:,} 字节不以 %PDF 开头</translation>
        </message>
        <message>
            <source>{name!r} holds no batch</source>
            <translation>{name!r} 中没有批次</translation>
        </message>
        <message>
            <source>{name!r} holds no bundle: there is no configs/metadata.json</source>
            <translation>{name!r} 中没有模型包：缺少 configs/metadata.json</translation>
        </message>
        <message>
            <source>{name!r} holds no image, note, vital-sign table or recording that can be read.{reason}</source>
            <translation>{name!r} 中没有可读取的图像、病历、生命体征表或录音。{reason}</translation>
        </message>
        <message>
            <source>{name!r} holds the batch of another folder, {root!r}</source>
            <translation>{name!r} 中是另一文件夹 {root!r} 的批次</translation>
        </message>
        <message>
            <source>{name!r} inflates beyond {limit} from {size}</source>
            <translation>{name!r} 由 {size} 解压后超过 {limit}</translation>
        </message>
        <message>
            <source>{name!r} is a DICOM object{modality} without an image (Rows and Columns are absent)</source>
            <translation>{name!r} 是不含图像的 DICOM 对象{modality}（没有 Rows 和 Columns）</translation>
        </message>
        <message>
            <source>{name!r} is a damaged DICOM file: {value}</source>
            <translation>{name!r} 是已损坏的 DICOM 文件：{value}</translation>
        </message>
        <message>
            <source>{name!r} is a damaged index: {value}</source>
            <translation>{name!r} 是已损坏的索引：{value}</translation>
        </message>
        <message>
            <source>{name!r} is a damaged picture: {error}</source>
            <translation>{name!r} 是已损坏的图片：{error}</translation>
        </message>
        <message>
            <source>{name!r} is cut off or damaged: its header breaks off before Rows and Columns</source>
            <translation>{name!r} 不完整或已损坏：其头信息在 Rows 和 Columns 之前中断</translation>
        </message>
        <message>
            <source>{name!r} is cut off: its deflated data ends after {size:,} bytes without an end mark</source>
            <translation>{name!r} 不完整：其压缩数据在 {size:,} 字节后结束，没有结束标记</translation>
        </message>
        <message>
            <source>{name!r} is cut off: its pixel data breaks off</source>
            <translation>{name!r} 不完整：其像素数据中断</translation>
        </message>
        <message>
            <source>{name!r} is empty (0 bytes)</source>
            <translation>{name!r} 为空（0 字节）</translation>
        </message>
        <message>
            <source>{name!r} is just being released by another process</source>
            <translation>{name!r} 正由另一进程释放</translation>
        </message>
        <message>
            <source>{name!r} is no DICOM file</source>
            <translation>{name!r} 不是 DICOM 文件</translation>
        </message>
        <message>
            <source>{name!r} is no greyscale or colour presentation state</source>
            <translation>{name!r} 不是灰度或彩色显示状态</translation>
        </message>
        <message>
            <source>{name!r} is no longer there</source>
            <translation>{name!r} 已不在原处</translation>
        </message>
        <message>
            <source>{name!r} is no structured report</source>
            <translation>{name!r} 不是结构化报告</translation>
        </message>
        <message>
            <source>{name!r} is stored in {known!r}, for which there is no decoder</source>
            <translation>{name!r} 以 {known!r} 存储，没有相应的解码器</translation>
        </message>
        <message>
            <source>{name!r} is too large: {reason}</source>
            <translation>{name!r} 过大：{reason}</translation>
        </message>
        <message>
            <source>{name!r} is {kind}, not an image</source>
            <translation>{name!r} 是{kind}，不是图像</translation>
        </message>
        <message>
            <source>{name!r} names a file outside of itself</source>
            <translation>{name!r} 指向其自身之外的文件</translation>
        </message>
        <message>
            <source>{name!r} names no file</source>
            <translation>{name!r} 未列出任何文件</translation>
        </message>
        <message>
            <source>{name!r} needs more memory than a decoder may take</source>
            <translation>{name!r} 所需内存超过解码器的上限</translation>
        </message>
        <message>
            <source>{name!r} states neither Rows nor Columns: it is damaged or was exported without them</source>
            <translation>{name!r} 既未注明 Rows 也未注明 Columns：文件已损坏，或导出时缺失</translation>
        </message>
        <message>
            <source>{name!r} stopped the decoder ({words})</source>
            <translation>{name!r} 使解码器停止（{words}）</translation>
        </message>
        <message>
            <source>{name!r} was not decoded: the decoder's own process did not start</source>
            <translation>{name!r} 未解码：解码器自己的进程没有启动</translation>
        </message>
        <message>
            <source>{names} could not be written (more than {n_written:,} bytes needed): {reason}</source>
            <translation>无法写入 {names}（需要超过 {n_written:,} 字节）：{reason}</translation>
        </message>
        <message>
            <source>{names} lie beside each other in one plane ({least:.2f} mm apart along the normal)</source>
            <translation>{names} 在同一平面内相邻（沿法线相距 {least:.2f} mm）</translation>
        </message>
        <message>
            <source>{name} and {other} are copies of one image.</source>
            <translation>{name} 与 {other} 是同一图像的副本。</translation>
        </message>
        <message>
            <source>{name} and {other} state the same SOP Instance UID, but their pixels differ: one of them was changed.</source>
            <translation>{name} 与 {other} 的 SOP Instance UID 相同，但像素不同：其中一个被改动过。</translation>
        </message>
        <message>
            <source>{name} cannot be read back: {reason}</source>
            <translation>无法读回 {name}：{reason}</translation>
        </message>
        <message>
            <source>{name} cannot be read: {error}</source>
            <translation>{name} 无法读取：{error}</translation>
        </message>
        <message>
            <source>{name} cannot be read: {reason}</source>
            <translation>无法读取 {name}：{reason}</translation>
        </message>
        <message>
            <source>{name} cannot be read: {what}</source>
            <translation>无法读取 {name}：{what}</translation>
        </message>
        <message>
            <source>{name} cannot be removed: {reason}</source>
            <translation>无法删除 {name}：{reason}</translation>
        </message>
        <message>
            <source>{name} cannot be unpacked: {value}</source>
            <translation>无法解压 {name}：{value}</translation>
        </message>
        <message>
            <source>{name} cannot be used: {value}</source>
            <translation>无法使用 {name}：{value}</translation>
        </message>
        <message>
            <source>{name} claims {n_frames} x {rows} x {cols} pixels, {size}; at most {limit} are opened</source>
            <translation>{name} 声称有 {n_frames} x {rows} x {cols} 像素，{size}；最多打开 {limit}</translation>
        </message>
        <message>
            <source>{name} could not be written ({n_content:,} bytes needed): {reason}</source>
            <translation>无法写入 {name}（需要 {n_content:,} 字节）：{reason}</translation>
        </message>
        <message>
            <source>{name} could not be written: {reason}</source>
            <translation>{name} 无法写入：{reason}</translation>
        </message>
        <message>
            <source>{name} exists already</source>
            <translation>{name} 已存在</translation>
        </message>
        <message>
            <source>{name} has no pixel data</source>
            <translation>{name} 没有像素数据</translation>
        </message>
        <message>
            <source>{name} has {n_bytes:,} bytes, more than {most:,}</source>
            <translation>{name} 有 {n_bytes:,} 字节，超过 {most:,} 字节</translation>
        </message>
        <message>
            <source>{name} has {samples} samples of {bits_allocated} bits per pixel</source>
            <translation>{name} 每像素有 {samples} 个 {bits_allocated} 位样本</translation>
        </message>
        <message>
            <source>{name} has {size:,} bytes; at most {max_bytes:,} are read</source>
            <translation>{name} 有 {size:,} 字节；最多读取 {max_bytes:,} 字节</translation>
        </message>
        <message>
            <source>{name} holds NUL bytes ({count:,} found): damaged, binary or UTF-16 without a mark</source>
            <translation>{name} 含 NUL 字节（{count:,} 个）：已损坏、为二进制或不带标记的 UTF-16</translation>
        </message>
        <message>
            <source>{name} holds a member outside its folder</source>
            <translation>{name} 含有位于其文件夹之外的成员</translation>
        </message>
        <message>
            <source>{name} holds more than it declares</source>
            <translation>{name} 的内容多于其声明</translation>
        </message>
        <message>
            <source>{name} holds no text; that is not the same as a note without findings</source>
            <translation>{name} 没有文字；这不等于没有发现的病历</translation>
        </message>
        <message>
            <source>{name} holds nothing above {highest:g} Hz; the model hears up to {wanted:g} Hz.</source>
            <translation>{name} 中没有高于 {highest:g} Hz 的声音；模型可听到 {wanted:g} Hz。</translation>
        </message>
        <message>
            <source>{name} holds two members named {name_within!r} in one folder</source>
            <translation>{name} 在一个文件夹中有两个名为 {name_within!r} 的成员</translation>
        </message>
        <message>
            <source>{name} is cut off: its pixel data has {found:,} bytes, {needed:,} are needed ({n_frames} x {rows} x {cols})</source>
            <translation>{name} 不完整：其像素数据有 {found:,} 字节，需要 {needed:,} 字节（{n_frames} x {rows} x {cols}）</translation>
        </message>
        <message>
            <source>{name} is damaged: its end or its sums do not fit</source>
            <translation>{name} 已损坏：其结尾或校验和不符</translation>
        </message>
        <message>
            <source>{name} is damaged: {value}</source>
            <translation>{name} 已损坏：{value}</translation>
        </message>
        <message>
            <source>{name} is no valid TOML: {error}</source>
            <translation>{name} 不是有效的 TOML：{error}</translation>
        </message>
        <message>
            <source>{name} is not a regular file</source>
            <translation>{name} 不是普通文件</translation>
        </message>
        <message>
            <source>{name} is not a results store</source>
            <translation>{name} 不是结果库</translation>
        </message>
        <message>
            <source>{name} is not text in a known encoding: {failure}</source>
            <translation>{name} 不是已知编码的文本：{failure}</translation>
        </message>
        <message>
            <source>{name} is not valid TOML: {error}</source>
            <translation>{name} 不是有效的 TOML：{error}</translation>
        </message>
        <message>
            <source>{name} is packed by method {compress_type}, which is not known</source>
            <translation>{name} 以方法 {compress_type} 压缩，该方法未知</translation>
        </message>
        <message>
            <source>{name} is protected by a password</source>
            <translation>{name} 受密码保护</translation>
        </message>
        <message>
            <source>{name} is {kind}, not a WAV recording</source>
            <translation>{name} 是{kind}，不是 WAV 录音</translation>
        </message>
        <message>
            <source>{name} is {kind}, not a note in plain text</source>
            <translation>{name} 是{kind}，不是纯文本病历</translation>
        </message>
        <message>
            <source>{name} is {kind}, not a text</source>
            <translation>{name} 是{kind}，不是文本</translation>
        </message>
        <message>
            <source>{name} of an earlier result cannot be removed: {reason}</source>
            <translation>无法删除先前结果的 {name}：{reason}</translation>
        </message>
        <message>
            <source>{name} unpacks to {n_files:,} files and {n_bytes:,} bytes</source>
            <translation>{name} 解压后有 {n_files:,} 个文件和 {n_bytes:,} 字节</translation>
        </message>
        <message>
            <source>{name} was being opened when MedMM ended the last time; it was not opened by itself.</source>
            <translation>MedMM 上次结束时正在打开 {name}；此次未自动打开。</translation>
        </message>
        <message>
            <source>{name} was not read: {reason}</source>
            <translation>未读取 {name}：{reason}</translation>
        </message>
        <message>
            <source>{name} was written by a newer MedMM ({schema}; this one knows {own})</source>
            <translation>{name} 由更新版本的 MedMM 写入（{schema}；本版本支持 {own}）</translation>
        </message>
        <message>
            <source>{name} was written with {what} {known}, this run has {value}</source>
            <translation>{name} 以 {what} {known} 写成，本次运行为 {value}</translation>
        </message>
        <message>
            <source>{name} {version} ({hash}) · {scale} · from {inputs}</source>
            <translation>{name} {version}（{hash}）· {scale} · 依据 {inputs}</translation>
        </message>
        <message>
            <source>{name}: protocol {place}: {trouble}, found {found!r}</source>
            <translation>{name}：方案 {place}：{trouble}，找到 {found!r}</translation>
        </message>
        <message>
            <source>{name}: {error}</source>
            <translation>{name}：{error}</translation>
        </message>
        <message>
            <source>{name}: {found}</source>
            <translation>{name}：{found}</translation>
        </message>
        <message>
            <source>{name}: {message}</source>
            <translation>{name}：{message}</translation>
        </message>
        <message>
            <source>{name}: {protocol!r} has {n_cells} cells in {rows} x {cols} viewports</source>
            <translation>{name}：{protocol!r} 在 {rows} x {cols} 个视口中有 {n_cells} 个单元格</translation>
        </message>
        <message>
            <source>{name}: {seconds:.1f} s, {rate} Hz</source>
            <translation>{name}：{seconds:.1f} 秒，{rate} Hz</translation>
        </message>
        <message>
            <source>{name}: {trouble}</source>
            <translation>{name}：{trouble}</translation>
        </message>
        <message>
            <source>{n} cases, the most urgent first; a case that waits too long takes its turn between them.</source>
            <translation>{n} 个病例，最紧急的在前；等待过久的病例会轮流插入其间。</translation>
        </message>
        <message>
            <source>{n} epochs</source>
            <translation>{n} 轮</translation>
        </message>
        <message>
            <source>{n} files were skipped; the import report says why.</source>
            <translation>跳过了 {n} 个文件；原因见导入报告。</translation>
        </message>
        <message>
            <source>{n} frames</source>
            <translation>{n} 帧</translation>
        </message>
        <message>
            <source>{n} images</source>
            <translation>{n} 幅图像</translation>
        </message>
        <message>
            <source>{n} items</source>
            <translation>{n} 个条目</translation>
        </message>
        <message>
            <source>{n} jobs</source>
            <translation>{n} 个任务</translation>
        </message>
        <message>
            <source>{n} measurements in the tables</source>
            <translation>表中有 {n} 个测量值</translation>
        </message>
        <message>
            <source>{n} negative</source>
            <translation>{n} 项阴性</translation>
        </message>
        <message>
            <source>{n} of padding left out</source>
            <translation>已排除填充像素 {n} 个</translation>
        </message>
        <message>
            <source>{n} of {total} cases</source>
            <translation>{n} / {total} 个病例</translation>
        </message>
        <message>
            <source>{n} of {total} cases are not scored yet. Start goes on with exactly these.</source>
            <translation>{total} 个病例中有 {n} 个尚未评分。“开始”将只处理这些病例。</translation>
        </message>
        <message>
            <source>{n} of {total} items</source>
            <translation>{n}/{total} 个条目</translation>
        </message>
        <message>
            <source>{n} of {total} reviewed</source>
            <translation>已审阅 {n}/{total}</translation>
        </message>
        <message>
            <source>{n} of {total} rows</source>
            <translation>{n}/{total} 行</translation>
        </message>
        <message>
            <source>{n} of {total} slices have come and can be looked at.</source>
            <translation>{total} 层中已有 {n} 层可以查看。</translation>
        </message>
        <message>
            <source>{n} overruled</source>
            <translation>否定 {n} 项</translation>
        </message>
        <message>
            <source>{n} rows</source>
            <translation>{n} 行</translation>
        </message>
        <message>
            <source>{n} series</source>
            <translation>{n} 个序列</translation>
        </message>
        <message>
            <source>{n} series that are not on the screen were released ({size} MB); they are read again when chosen.</source>
            <translation>已释放不在屏幕上的 {n} 个序列（{size} MB）；选择时会重新读取。</translation>
        </message>
        <message>
            <source>{n} slices</source>
            <translation>{n} 层</translation>
        </message>
        <message>
            <source>{n} windows of {seconds} s</source>
            <translation>{n} 个 {seconds} 秒的时间窗</translation>
        </message>
        <message>
            <source>{odd!r} is no image that MedMM reads ({n_bytes:,} bytes of another format)</source>
            <translation>{odd!r} 不是 MedMM 能读取的图像（其他格式，{n_bytes:,} 字节）</translation>
        </message>
        <message>
            <source>{odd:.0f} of 100 longer words of the note cannot be spoken; it is no text of any language.</source>
            <translation>记录中每 100 个较长单词有 {odd:.0f} 个无法读出；这不是任何语言的文本。</translation>
        </message>
        <message>
            <source>{one}, {other}</source>
            <translation>{one}，{other}</translation>
        </message>
        <message>
            <source>{out!r} already holds a batch</source>
            <translation>{out!r} 中已有一个批次</translation>
        </message>
        <message>
            <source>{photometric} {bits} bit, {sign}</source>
            <translation>{photometric} {bits} 位，{sign}</translation>
        </message>
        <message>
            <source>{place} is {value}, which is no number to report</source>
            <translation>{place} 为 {value}，不是可报告的数字</translation>
        </message>
        <message>
            <source>{projection} {mm:g} mm</source>
            <translation>{projection} {mm:g} mm</translation>
        </message>
        <message>
            <source>{rare:.0f} of 100 Chinese characters of the note stand in hardly any text; it may have been read in a wrong encoding.</source>
            <translation>病历中每 100 个汉字有 {rare:.0f} 个几乎不见于任何文本，可能是以错误的编码读取的。</translation>
        </message>
        <message>
            <source>{rate} cases a second</source>
            <translation>每秒 {rate} 个病例</translation>
        </message>
        <message>
            <source>{root!r} cannot be opened: {reason}</source>
            <translation>{root!r} 无法打开：{reason}</translation>
        </message>
        <message>
            <source>{root!r} holds no patient folder</source>
            <translation>{root!r} 中没有患者文件夹</translation>
        </message>
        <message>
            <source>{root!r} is lost: {reason}</source>
            <translation>{root!r} 已无法访问:{reason}</translation>
        </message>
        <message>
            <source>{scheme}:// needs a package that is not installed: {reason}</source>
            <translation>{scheme}:// 需要一个尚未安装的包：{reason}</translation>
        </message>
        <message>
            <source>{signs} jump from value to value as no patient's do; the rows may be of two patients.</source>
            <translation>{signs}的数值跳动不可能来自同一患者；这些行可能属于两名患者。</translation>
        </message>
        <message>
            <source>{signs} never change over {n_values} values each; such a table was filled in, not measured.</source>
            <translation>{signs}在各自 {n_values} 个值中从未变化；这样的表是填写的，不是测量的。</translation>
        </message>
        <message>
            <source>{sign} in {unit}, reference range {range}</source>
            <translation>{sign}，单位 {unit}，参考范围 {range}</translation>
        </message>
        <message>
            <source>{sign} not measured at this time</source>
            <translation>此时未测量{sign}</translation>
        </message>
        <message>
            <source>{subject} ({name})</source>
            <translation>{subject}（{name}）</translation>
        </message>
        <message>
            <source>{subject} {names} no patient: identity not confirmed.</source>
            <translation>{subject}未{names}患者：身份未确认。</translation>
        </message>
        <message>
            <source>{subject} {shares} no id, name or birth date with another source: identity not confirmed.</source>
            <translation>{subject}与其他来源{shares}共同的病历号、姓名或出生日期：身份未确认。</translation>
        </message>
        <message>
            <source>{text} They differ in case or width only: confirm that this is one patient.</source>
            <translation>{text} 仅大小写或全半角不同：请确认为同一患者。</translation>
        </message>
        <message>
            <source>{text} is no number.</source>
            <translation>{text} 不是数字。</translation>
        </message>
        <message>
            <source>{text}.</source>
            <translation>{text}。</translation>
        </message>
        <message>
            <source>{text}: one is a part of the other.</source>
            <translation>{text}：其一是另一个的一部分。</translation>
        </message>
        <message>
            <source>{text}: the scripts differ, compare them by eye.</source>
            <translation>{text}：文字不同，请目视比较。</translation>
        </message>
        <message>
            <source>{title} {value} → {new_value} {unit}, in its usual range</source>
            <translation>{title} {value} → {new_value} {unit}，处于通常范围</translation>
        </message>
        <message>
            <source>{title} {value}: {weight}</source>
            <translation>{title} {value}：{weight}</translation>
        </message>
        <message>
            <source>{title}: {n_wrong} of {n_column} values outside {low:g} to {high:g} {unit} (first: {written} in line {line}) are shown but not given to the model.</source>
            <translation>{title}：{n_column} 个值中有 {n_wrong} 个超出 {low:g} 至 {high:g} {unit}（第一个：{written}，第 {line} 行），会显示但不提供给模型。</translation>
        </message>
        <message>
            <source>{unit} ({provenance})</source>
            <translation>{unit}（{provenance}）</translation>
        </message>
        <message>
            <source>{unit}²</source>
            <translation>{unit}²</translation>
        </message>
        <message>
            <source>{unit}² ({provenance})</source>
            <translation>{unit}²（{provenance}）</translation>
        </message>
        <message>
            <source>{unknown:.0f} of 100 words of the note are unknown to the model; it would read noise.</source>
            <translation>记录中每 100 个词有 {unknown:.0f} 个是模型不认识的；模型读到的会是噪声。</translation>
        </message>
        <message>
            <source>{url} cannot be opened: {reason}</source>
            <translation>无法打开 {url}：{reason}</translation>
        </message>
        <message>
            <source>{url} holds nothing</source>
            <translation>{url} 中没有内容</translation>
        </message>
        <message>
            <source>{url} is lost: {reason}</source>
            <translation>{url} 已无法访问：{reason}</translation>
        </message>
        <message>
            <source>{value} ({n} rows)</source>
            <translation>{value}（{n} 行）</translation>
        </message>
        <message>
            <source>{value} kV</source>
            <translation>{value} kV</translation>
        </message>
        <message>
            <source>{weight} logit/s</source>
            <translation>{weight} logit/s</translation>
        </message>
        <message>
            <source>{what} {name!r} cannot be loaded from this machine without pickle</source>
            <translation>{what} {name!r} 无法在本机不用 pickle 载入</translation>
        </message>
        <message>
            <source>{what}; all were read as one clock on the wall. Hours may be wrong.</source>
            <translation>{what}；均按同一钟面时间读取，可能相差数小时。</translation>
        </message>
        <message>
            <source>{words}, few readings</source>
            <translation>{words}，读片数少</translation>
        </message>
        <message>
            <source>× diastolic not below systolic at this time; not given to the model</source>
            <translation>× 此时舒张压不低于收缩压；未提供给模型</translation>
        </message>
        <message>
            <source>× impossible, outside {low} to {high} {unit}; not given to the model</source>
            <translation>× 不可能的值，超出 {low} 至 {high} {unit}；未提供给模型</translation>
        </message>
        <message>
            <source>“{sentence}” was read as “{becomes}”</source>
            <translation>“{sentence}”按“{becomes}”读入</translation>
        </message>
        <message>
            <source>… {n} characters folded</source>
            <translation>… 已折叠 {n} 个字符</translation>
        </message>
        <message>
            <source>▲ above the reference range {range} {unit}</source>
            <translation>▲ 高于参考范围 {range} {unit}</translation>
        </message>
        <message>
            <source>▼ below the reference range {range} {unit}</source>
            <translation>▼ 低于参考范围 {range} {unit}</translation>
        </message>
        <message>
            <source>简体中文</source>
            <translation>简体中文</translation>
        </message>
    </context>
</TS>
